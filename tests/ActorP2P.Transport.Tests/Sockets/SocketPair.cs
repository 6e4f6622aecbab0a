using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>Two connected ends over loopback.</summary>
internal sealed class SocketPair : IDisposable
{
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);

    private readonly IListener _listener;

    private SocketPair(IListener listener, IConnection dialled, IConnection accepted)
    {
        _listener = listener;
        Dialled = dialled;
        Accepted = accepted;
    }

    public IConnection Dialled { get; }

    public IConnection Accepted { get; }

    public static SocketTransport Transport { get; } = new(new SocketTransportSettings(), TimeProvider.System);

    public static async Task<SocketPair> ConnectAsync()
    {
        var sinks = new ConnectionSinks();
        IListener listener = Transport.Listen(new PeerAddress("127.0.0.1", 0), sinks);
        Transport.Dial(listener.LocalAddress, Guard, sinks);
        return new SocketPair(
            listener, await sinks.Dialled.WaitAsync(Guard), await sinks.Accepted.WaitAsync(Guard));
    }

    public void Dispose()
    {
        _listener.Dispose();
        Dialled.Dispose();
        Accepted.Dispose();
    }
}
