using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>
/// The base of the tests of a transport. It creates the transport, with an actor system where it needs one, and ends
/// everything after the test.
/// </summary>
public abstract class TransportTest : IAsyncLifetime
{
    private readonly List<AkkaIoTransport> _transports = [];
    private ActorSystem? _system;

    /// <summary>The actor system of the test.</summary>
    protected ActorSystem System =>
        _system ??= ActorSystem.Create("transports", "akka { loglevel = OFF, stdout-loglevel = OFF }");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (AkkaIoTransport transport in _transports)
        {
            await transport.DisposeAsync().AsTask().WaitAsync(Waits.Guard);
        }

        await (_system?.Terminate() ?? Task.CompletedTask).WaitAsync(Waits.Guard);
    }

    /// <summary>Two connected ends, with a listener of their own.</summary>
    internal Task<TransportPair> ConnectAsync(TransportKind kind) => TransportPair.ConnectAsync(Create(kind));

    protected ITransport Create(
        TransportKind kind, SocketTransportSettings? settings = null, TimeProvider? time = null) =>
        kind == TransportKind.AkkaIo
            ? CreateAkkaIo(settings, time)
            : new SocketTransport(settings ?? new SocketTransportSettings(), time ?? TimeProvider.System);

    protected AkkaIoTransport CreateAkkaIo(
        SocketTransportSettings? settings = null, TimeProvider? time = null, IActorRef? manager = null)
    {
        AkkaIoTransport transport = new(
            System, settings ?? new SocketTransportSettings(), new AkkaIoSettings(),
            time ?? TimeProvider.System, manager);
        _transports.Add(transport);
        return transport;
    }

    /// <summary>Waits for a condition that no event announces.</summary>
    protected static async Task UntilAsync(Func<bool> holds)
    {
        using CancellationTokenSource guard = new(Waits.Guard);
        while (!holds())
        {
            guard.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
