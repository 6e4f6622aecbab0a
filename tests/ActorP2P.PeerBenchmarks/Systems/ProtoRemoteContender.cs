using ActorP2P.Benchmarks;
using ActorP2P.PeerBenchmarks.Wire;
using Google.Protobuf;
using Proto;
using Proto.Remote;
using Proto.Remote.GrpcNet;
using Nothing = ActorP2P.PeerBenchmarks.Wire.Nothing;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Proto.Actor with Proto.Remote.</summary>
internal sealed class ProtoRemoteContender : Contender
{
    public const string Setup =
        "Actors of two actor systems with Proto.Remote 1.8.0 over its gRPC transport, all settings as they come. A "
        + "message is a protobuf message with one field of bytes, which the sender does not copy into it; one way is "
        + "`Send`, an ask is `RequestAsync`. Each receiver of a fan-out is an actor system of its own, because an "
        + "address needs one. Fan-out is `Send` to each.";

    private readonly Counter _joined = new();
    private readonly List<PID> _members = [];
    private readonly List<ActorSystem> _systems = [];
    private PID? _sink;
    private PID? _echo;

    private IRootContext Root => _systems[0].Root;

    public override async Task<string> ServeAsync(Arrivals arrivals)
    {
        ActorSystem system = await StartAsync();
        system.Root.SpawnNamed(Sink(arrivals), "sink");
        system.Root.SpawnNamed(Props.FromFunc(static context =>
        {
            if (context.Message is Payload payload)
            {
                context.Respond(payload);
            }

            return Task.CompletedTask;
        }), "echo");
        return system.Address;
    }

    public override async Task ConnectAsync(string address)
    {
        await StartAsync();
        _sink = PID.FromAddress(address, "sink");
        _echo = PID.FromAddress(address, "echo");
    }

    public override Task SendAsync(byte[] payload, int count)
    {
        Payload message = Message(payload);
        for (int i = 0; i < count; i++)
        {
            Root.Send(_sink!, message);
        }

        return Task.CompletedTask;
    }

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload) =>
        (await Root.RequestAsync<Payload>(_echo!, Message(payload), CancellationToken.None)).Data.Memory;

    public override async Task<string> OpenHubAsync()
    {
        ActorSystem system = await StartAsync();
        system.Root.SpawnNamed(Props.FromFunc(context =>
        {
            if (context.Message is Nothing)
            {
                _members.Add(context.Sender!);
                _joined.Add(1);
            }

            return Task.CompletedTask;
        }), "hub");
        return system.Address;
    }

    public override async Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        foreach (Arrivals arrivals in receivers)
        {
            ActorSystem system = await StartAsync();
            PID sink = system.Root.SpawnNamed(Sink(arrivals), "sink");
            system.Root.Request(PID.FromAddress(hub, "hub"), new Nothing(), sink);
        }
    }

    public override Task UntilJoinedAsync(int receivers) => _joined.ReachAsync(receivers);

    public override Task PublishAsync(byte[] payload, int count)
    {
        Payload message = Message(payload);
        for (int i = 0; i < count; i++)
        {
            foreach (PID member in _members)
            {
                Root.Send(member, message);
            }
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (ActorSystem system in _systems)
        {
            await system.Remote().ShutdownAsync();
            await system.DisposeAsync();
        }
    }

    private async Task<ActorSystem> StartAsync()
    {
        ActorSystem system = new();
        system.WithRemote(RemoteConfig.BindToLocalhost().WithProtoMessages(PeersReflection.Descriptor));
        _systems.Add(system);
        await system.Remote().StartAsync();
        return system;
    }

    private static Payload Message(byte[] payload) => new() { Data = UnsafeByteOperations.UnsafeWrap(payload) };

    private static Props Sink(Arrivals arrivals) => Props.FromFunc(context =>
    {
        if (context.Message is Payload payload)
        {
            arrivals.Take(payload.Data.Span);
        }

        return Task.CompletedTask;
    });
}
