using ActorP2P.Determinism;
using ActorP2P.Simulation;
using ActorP2P.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Hosting.Tests.Snippets;

/// <summary>The code of docs/testing.md on hosts.</summary>
public sealed class TestingPage
{
    [Fact]
    public void A_host_runs_in_virtual_time()
    {
        // snippet: simulated host
        SimulatedWorld world = new(seed: 7, new SimulationOptions { Shuffle = true, Redirects = SimulationRedirects.All });
        SimulatedNetwork network = new(world);
        Text reply = world.Run(
            async () =>
            {
                HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
                builder.Services.AddAkka("chess", akka => akka.WithP2PNode("lobby", lobby => lobby
                    .OnRequest<Text, Text>((move, _) => new Text($"played {move.Value}"))));
                builder.Services.UseSimulation(world, network, host: "chess", nodeKey: 0);
                using IHost host = builder.Build();
                await host.StartAsync();

                HostApplicationBuilder other = Host.CreateEmptyApplicationBuilder(null);
                other.Services.AddActorP2P().UseSimulation(world, network, host: "visitor", nodeKey: 1);
                using IHost visitor = other.Build();
                await visitor.StartAsync();

                P2PNode lobby = P2P.Get(host.Services.GetRequiredService<ActorSystem>())["lobby"];
                Text answer = await visitor.Services.GetRequiredService<P2PNode>()
                    .AskAsync<Text>(lobby.ListenAddresses[0], new Text("e4"));
                await visitor.StopAsync();
                await host.StopAsync();
                return answer;
            },
            limit: TimeSpan.FromHours(1));
        // end

        Assert.Equal("played e4", reply.Value);
    }
}
