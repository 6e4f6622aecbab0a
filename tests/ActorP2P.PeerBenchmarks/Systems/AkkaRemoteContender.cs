using ActorP2P.Benchmarks;
using Akka.Actor;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Akka.Remote.</summary>
internal sealed class AkkaRemoteContender : Contender
{
    public const string Setup =
        "Actors of two actor systems with Akka.Remote 1.5.74 over its TCP transport, all settings as they come, no "
        + "logging. A message is a `byte[]`, for which Akka.NET has a serializer; one way is `Tell`, an ask is `Ask` "
        + "of a resolved reference. Each receiver of a fan-out is an actor system of its own, because an address needs "
        + "one; only their timers tick every 100 ms instead of 10, as 64 of them share a process. Fan-out is `Tell` "
        + "to each reference.";

    private const string Config = """
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          actor.provider = remote
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
        }
        """;

    private static readonly TimeSpan s_resolving = TimeSpan.FromSeconds(10);

    private readonly Counter _joined = new();
    private readonly List<IActorRef> _members = [];
    private readonly List<ActorSystem> _systems = [];
    private IActorRef _sink = ActorRefs.Nobody;
    private IActorRef _echo = ActorRefs.Nobody;

    public override Task<string> ServeAsync(Arrivals arrivals)
    {
        ActorSystem system = Start(Config);
        system.ActorOf(Props.Create(() => new Sink(arrivals)), "sink");
        system.ActorOf(Props.Create(() => new Echo()), "echo");
        return Task.FromResult($"{AddressOf(system)}");
    }

    public override async Task ConnectAsync(string address)
    {
        ActorSystem system = Start(Config);
        _sink = await system.ActorSelection($"{address}/user/sink").ResolveOne(s_resolving);
        _echo = await system.ActorSelection($"{address}/user/echo").ResolveOne(s_resolving);
    }

    public override Task SendAsync(byte[] payload, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _sink.Tell(payload, ActorRefs.NoSender);
        }

        return Task.CompletedTask;
    }

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload) =>
        await _echo.Ask<byte[]>(payload, s_resolving);

    public override Task<string> OpenHubAsync()
    {
        ActorSystem system = Start(Config);
        system.ActorOf(Props.Create(() => new Hub(_members, _joined)), "hub");
        return Task.FromResult($"{AddressOf(system)}");
    }

    public override async Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        foreach (Arrivals arrivals in receivers)
        {
            ActorSystem system = Start("akka.scheduler.tick-duration = 100ms\n" + Config);
            IActorRef sink = system.ActorOf(Props.Create(() => new Sink(arrivals)), "sink");
            IActorRef target = await system.ActorSelection($"{hub}/user/hub").ResolveOne(s_resolving);
            target.Tell("join", sink);
        }
    }

    public override Task UntilJoinedAsync(int receivers) => _joined.ReachAsync(receivers);

    public override Task PublishAsync(byte[] payload, int count)
    {
        for (int i = 0; i < count; i++)
        {
            foreach (IActorRef member in _members)
            {
                member.Tell(payload, ActorRefs.NoSender);
            }
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync() =>
        await Task.WhenAll(_systems.Select(static system => system.Terminate()));

    private ActorSystem Start(string config)
    {
        ActorSystem system = ActorSystem.Create("peers", config);
        _systems.Add(system);
        return system;
    }

    private static Address AddressOf(ActorSystem system) => ((ExtendedActorSystem)system).Provider.DefaultAddress;

    private sealed class Sink(Arrivals arrivals) : UntypedActor
    {
        protected override void OnReceive(object message) => arrivals.Take((byte[])message);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }

    private sealed class Hub(List<IActorRef> members, Counter joined) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            members.Add(Sender);
            joined.Add(1);
        }
    }
}
