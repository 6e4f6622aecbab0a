using System.Security.Cryptography;
using System.Text;
using ActorP2P.Determinism;
using Akka.Actor;
using Akka.Configuration;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.TestKit;

/// <summary>Runs the host of a program, with its nodes, in virtual time.</summary>
public static class SimulatedHosting
{
    /// <summary>
    /// Moves a host into a simulation: the actor system of <c>AddAkka</c> and the nodes of <c>WithP2PNode</c> and
    /// <c>AddActorP2P</c> run in a simulated world, and the nodes' bytes travel on a simulated network. Call it after
    /// everything else has been added, and start and stop the host in the program that drives the world. A node that is
    /// told to listen on this machine (loopback, the default) listens under the host's name. The test project must set
    /// <c>Microsoft.Extensions.DependencyInjection.DisableDynamicEngine</c>, because otherwise a service that is
    /// resolved twice is compiled on the thread pool; <c>docs/testing.md</c> shows how.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="world">
    /// The world. It needs <see cref="SimulationRedirects.All"/>, because hosts use timers and the thread pool.
    /// </param>
    /// <param name="network">The network of that world.</param>
    /// <param name="host">The name of the host in the network; the host of the addresses that its nodes have.</param>
    /// <param name="nodeKey">The number of the host in the world, at least 0. Its nodes share it.</param>
    /// <param name="life">How often the host was started before; each life has random numbers of its own.</param>
    /// <exception cref="ArgumentException">The world lacks a redirect, or the host has another number.</exception>
    public static IServiceCollection UseSimulation(
        this IServiceCollection services, SimulatedWorld world, SimulatedNetwork network, string host, int nodeKey,
        int life = 0)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentException.ThrowIfNullOrWhiteSpace(host);
        if (world.Options.Redirects != SimulationRedirects.All)
        {
            throw new ArgumentException(
                $"{nameof(SimulationOptions.Redirects)} of the world is {world.Options.Redirects}; allowed for a host: "
                + $"{SimulationRedirects.All}.", nameof(world));
        }

        SimulatedSystemOptions place = new() { Node = nodeKey };
        bool hasSystem = UseSystem(services, world, place);
        P2PNodeServices shared = new()
        {
            Transport = new HostTransport(network.CreateTransport(host, nodeKey), host),
            Handshake = network.CreateHandshake(nodeKey, life),
            TimeProvider = world.TimeProviderOf(nodeKey),
        };
        P2PNodeServices Of(string name)
        {
            // A name of its own in the network gives each node an id of its own, the same in each run.
            NodeId id = new(SHA256.HashData(Encoding.UTF8.GetBytes($"{host}/{name}")));
            return shared with
            {
                ActorSystem = hasSystem ? null : SimulatedSystem.Create(world, "node", place),
                Identity = NodeIdentity.WithoutKey(id),
                Signer = SimulatedNetwork.CreateSigner(id),
                Seed = (ulong)world.CreateRandom(nodeKey, life, $"node {name}").NextInt64(),
            };
        }

        // A signal of the process must not reach a host in virtual time.
        return services
            .AddSingleton<IHostLifetime, SimulatedLifetime>()
            .AddSingleton(_ => Of(""))
            .AddKeyedSingleton(KeyedService.AnyKey, (_, name) => Of($"{name}"));
    }

    /// <summary>Has the actor system of <c>AddAkka</c>, if there is one, made in the world.</summary>
    private static bool UseSystem(IServiceCollection services, SimulatedWorld world, SimulatedSystemOptions place)
    {
        Func<IServiceProvider, object>? make = services.LastOrDefault(
            static added => added is { IsKeyedService: false } && added.ServiceType == typeof(ActorSystem))
            ?.ImplementationFactory;
        if (make is null)
        {
            return false;
        }

        services.AddSingleton(provider =>
        {
            AkkaConfigurationBuilder akka = provider.GetRequiredService<AkkaConfigurationBuilder>();
            return SimulatedSystem.Create(
                world,
                settings =>
                {
                    akka.AddHocon(settings, HoconAddMode.Prepend);
                    return (ActorSystem)make(provider);
                },
                place with { Config = akka.Configuration.GetOrElse(Config.Empty) });
        });
        return true;
    }
}
