using ActorP2P;
using ActorP2P.Hosting;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Nodes;

public sealed class HostTests
{
    [Fact]
    public async Task A_node_starts_and_stops_with_its_host()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddAkka("chess", akka => akka.WithP2PNode("lobby"));
        using IHost host = builder.Build();

        await host.StartAsync();
        Assert.NotEmpty(P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"].ListenAddresses);
        await host.StopAsync();
    }
}
