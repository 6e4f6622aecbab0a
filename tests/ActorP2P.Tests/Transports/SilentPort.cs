using System.Net;
using System.Net.Sockets;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Transports;

/// <summary>
/// A port whose queue of connections is full. The system drops further connection attempts, so that a dial gets no
/// answer.
/// </summary>
internal sealed class SilentPort : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _fillers = [];

    public SilentPort()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Address = PeerAddress.From((IPEndPoint)_listener.LocalEndPoint!);

        // A backlog of 0 still accepts one or two connections. Those beyond it stay half open and keep others out.
        for (int i = 0; i < 4; i++)
        {
            var filler = new Socket(
                AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
            _fillers.Add(filler);
            Assert.Throws<SocketException>(() => filler.Connect(_listener.LocalEndPoint!));
        }
    }

    public PeerAddress Address { get; }

    public void Dispose()
    {
        foreach (Socket filler in _fillers)
        {
            filler.Dispose();
        }

        _listener.Dispose();
    }
}
