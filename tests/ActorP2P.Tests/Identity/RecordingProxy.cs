using System.Net;
using System.Net.Sockets;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>Somebody on the path between two nodes: passes the bytes of one connection on, and keeps them.</summary>
internal sealed class RecordingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly MemoryStream _fromDialler = new();
    private readonly MemoryStream _fromListener = new();
    private readonly Task _passing;

    public RecordingProxy(int port)
    {
        _listener.Start();
        _passing = PassAsync(port);
    }

    /// <summary>Where it is dialled.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What the dialler has sent. The connection must have ended.</summary>
    public byte[] FromDialler => _fromDialler.ToArray();

    /// <summary>What the listener has sent. The connection must have ended.</summary>
    public byte[] FromListener => _fromListener.ToArray();

    /// <summary>Waits until both directions have ended.</summary>
    public Task EndedAsync() => _passing.WaitAsync(Waits.Guard);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _passing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task PassAsync(int port)
    {
        using TcpClient dialler = await _listener.AcceptTcpClientAsync();
        using TcpClient server = new();
        await server.ConnectAsync(IPAddress.Loopback, port);
        await Task.WhenAll(
            CopyAsync(dialler.Client, server.Client, _fromDialler),
            CopyAsync(server.Client, dialler.Client, _fromListener));
    }

    private static async Task CopyAsync(Socket from, Socket to, MemoryStream record)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer)) > 0)
            {
                record.Write(buffer, 0, count);
                await to.SendAsync(buffer.AsMemory(0, count));
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // One side has cut the connection; what was passed until then counts.
            to.Close();
        }
    }
}
