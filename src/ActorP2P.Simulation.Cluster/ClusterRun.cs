using ActorP2P.Hocon;
using Akka.Cluster.Hosting;
using Akka.Cluster.Tools.Singleton;
using Akka.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using AkkaCluster = Akka.Cluster.Cluster;

namespace ActorP2P.Simulation;

/// <summary>
/// Runs the seeds of a scenario on the members of an Akka.Cluster. A coordinator, which is a singleton of the cluster,
/// hands out the seeds. When a member is lost, another one runs its seed. Finished results survive the loss of any
/// member, including the coordinator's. When the scenario is spread, all members together run one seed at a time.
/// </summary>
public static class ClusterRun
{
    private const string SystemName = "simulation";
    private const string Role = "simulation";

    /// <summary>Takes part in the run until all seeds are done.</summary>
    /// <param name="options">The scenario, and the address of the cluster.</param>
    /// <param name="listening">Called with the address where other members can join; null: not called.</param>
    /// <param name="progress">Called with each result, in the process of the coordinator; null: not called.</param>
    /// <param name="cancellationToken">Leaves the cluster; another member runs the unfinished seed.</param>
    /// <exception cref="ClusterRunException">
    /// No coordinator answered in time, or it did not accept this process.
    /// </exception>
    /// <exception cref="ScenarioException">Real nodes cannot run the scenario.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<ClusterRunReport> RunAsync(
        ClusterRunOptions options,
        Action<string>? listening = null,
        IProgress<ScenarioResult>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.RealMembers is { } members)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(members, 1, nameof(options));
            RealLimits.Check(options.Scenario, members);
        }

        ClusterRunState state = new(options, progress);
        Address? join = options.Join is null ? null : Parse(options.Join);
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        if (options.LoggerFactory is { } loggers)
        {
            builder.Services.AddSingleton(loggers);
        }

        builder.Services.AddAkka(SystemName, akka =>
        {
            akka.AddHocon(Settings(options), HoconAddMode.Prepend).ConfigureLoggers(setup =>
            {
                setup.ClearLoggers();
                setup.AddLoggerFactory(options.LoggerFactory ?? NullLoggerFactory.Instance);
            });
            if (options.RealMembers is not null)
            {
                Add(akka, () => new RealCoordinatorActor(state), proxy => new RealMemberActor(state, proxy));
            }
            else if (options.Scenario.Spread is null)
            {
                Add(akka, () => new CoordinatorActor(state), proxy => new MemberActor(state, proxy));
            }
            else
            {
                Add(akka, () => new WorldCoordinatorActor(state), proxy => new WorldMemberActor(state, proxy));
            }
        });

        void Add<TCoordinator, TMember>(
            AkkaConfigurationBuilder akka, Func<TCoordinator> coordinator, Func<IActorRef, TMember> member)
            where TCoordinator : ActorBase
            where TMember : ActorBase => akka
            .WithSingleton<TCoordinator>(
                "coordinator", (_, _, _) => Props.CreateBy(new Producer<TCoordinator>(coordinator)),
                new ClusterSingletonOptions { Role = Role })
            .WithActors((system, registry) =>
            {
                IActorRef proxy = registry.Get<TCoordinator>();

                // The member's actor is made at once, so that it can report that no coordinator answers.
                system.ActorOf(Props.CreateBy(new Producer<TMember>(() => member(proxy))), "member");
                Enter(system, state, join, listening);
            });

        using IHost host = builder.Build();
        await host.StartAsync(cancellationToken);
        try
        {
            return await state.Ended.WaitAsync(cancellationToken);
        }
        finally
        {
            // Leaves the cluster before the end, so that the others need not detect a failure.
            await host.StopAsync(CancellationToken.None);
        }
    }

    private static void Enter(
        ActorSystem system, ClusterRunState state, Address? join, Action<string>? listening)
    {
        AkkaCluster cluster = AkkaCluster.Get(system);
        // A process that was stopped for long may find that the others have given it up. After an end in order this
        // has no effect.
        cluster.RegisterOnMemberRemoved(() => state.Fail(
            "This member was removed from the cluster: the others had not heard from it for too long."));
        cluster.Join(join ?? cluster.SelfAddress);
        listening?.Invoke($"{cluster.SelfAddress.Host}:{cluster.SelfAddress.Port}");
    }

    private static Akka.Configuration.Config Settings(ClusterRunOptions options)
    {
        using Stream stream = typeof(ClusterRun)
            .Assembly.GetManifestResourceStream("ActorP2P.Simulation.cluster.conf")!;
        using StreamReader reader = new(stream);
        HoconConfig own = HoconConfig.Parse($$"""
            akka {
              actor.provider = cluster
              cluster.roles = [ {{Role}} ]
              remote.dot-netty.tcp {
                hostname = {{HoconConfig.Quote(options.Host)}}
                public-hostname = {{HoconConfig.Quote(options.Host)}}
                port = {{options.Port}}
              }
            }
            """);
        HoconConfig all = own.WithFallback(options.Akka).WithFallback(options.Scenario.Akka)
            .WithFallback(HoconConfig.Parse(reader.ReadToEnd()));
        return Akka.Configuration.ConfigurationFactory.ParseString(all.ToPlainHocon());
    }

    private static Address Parse(string join)
    {
        int colon = join.LastIndexOf(':');
        return colon > 0 && int.TryParse(join[(colon + 1)..], out int port) && port is > 0 and <= 65535
            ? new Address("akka.tcp", SystemName, join[..colon], port)
            : throw new ClusterRunException($"'{join}' is no member's address; allowed: host:port.");
    }

    /// <summary>Makes an actor whose constructor takes objects of this process.</summary>
    private sealed class Producer<TActor>(Func<TActor> create) : IIndirectActorProducer
        where TActor : ActorBase
    {
        public Type ActorType => typeof(TActor);

        public ActorBase Produce() => create();

        public void Release(ActorBase actor)
        {
            // Nothing to release: the actors own nothing that outlives them.
        }
    }
}
