using ActorP2P.Protocol;
using ActorP2P.Transport;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Transports;

/// <summary>Two connected ends over loopback.</summary>
internal sealed class TransportPair : IDisposable
{
    private readonly IDisposable _listener;

    private TransportPair(IDisposable listener, IConnection dialled, IConnection accepted)
    {
        _listener = listener;
        Dialled = dialled;
        Accepted = accepted;
    }

    public IConnection Dialled { get; }

    public IConnection Accepted { get; }

    public static Task<TransportPair> ConnectAsync(ITransport transport) => ConnectAsync(transport, transport);

    public static async Task<TransportPair> ConnectAsync(ITransport dials, ITransport listens)
    {
        var sinks = new ConnectionSinks();
        IDisposable listener = listens.Listen(new PeerAddress("127.0.0.1", 0), sinks);
        dials.Dial(await sinks.Listening.WaitAsync(Waits.Guard), Waits.Guard, sinks);
        return new TransportPair(
            listener, await sinks.Dialled.WaitAsync(Waits.Guard), await sinks.Accepted.WaitAsync(Waits.Guard));
    }

    /// <summary>Ends the listener and keeps the connections.</summary>
    public void EndListening() => _listener.Dispose();

    public void Dispose()
    {
        _listener.Dispose();
        Dialled.Dispose();
        Accepted.Dispose();
    }
}
