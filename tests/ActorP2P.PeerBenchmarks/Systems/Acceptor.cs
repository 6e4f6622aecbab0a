using System.Globalization;
using System.Net.Sockets;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Accepts sockets at a port that the system chooses, until it is disposed.</summary>
internal sealed class Acceptor : IDisposable
{
    private readonly Socket _listener = RawSocket.Listen();

    public Acceptor(Action<Socket> accepted)
    {
        Address = string.Create(CultureInfo.InvariantCulture, $"{_listener.LocalEndPoint}");
        _ = AcceptAsync(accepted);
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync(Action<Socket> accepted)
    {
        try
        {
            while (true)
            {
                Socket socket = await _listener.AcceptAsync();
                socket.NoDelay = true;
                accepted(socket);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The listener was disposed because the measure is over.
        }
    }
}
