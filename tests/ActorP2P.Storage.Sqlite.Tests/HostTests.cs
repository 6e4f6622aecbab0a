using ActorP2P.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Storage.Sqlite.Tests;

/// <summary>In a host the setting is enough.</summary>
public sealed class HostTests : IDisposable
{
    private readonly TestDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_node_of_a_host_keeps_its_bans_in_its_data_directory()
    {
        for (int start = 0; start < 2; start++)
        {
            HostApplicationBuilder builder = Host.CreateApplicationBuilder();
            builder.Services.AddActorP2P(node => node.WithOptions(
                settings => settings with { Listen = null, DataDirectory = _directory.Data }));
            using IHost host = builder.Build();
            await host.StartAsync();
            P2PNode node = host.Services.GetRequiredService<P2PNode>();
            Assert.Equal(start, node.Bans.Count);
            await node.BanAsync(NodeId.FromPublicKey([1]), TimeSpan.FromHours(1), "a test");
            await host.StopAsync();
        }

        Assert.True(File.Exists(_directory.File));
    }
}
