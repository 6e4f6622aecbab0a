using System.Net;
using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// A proxy between a node and those that dial it. It forwards bytes in both directions, cuts connections on request,
/// and can move to another address of this machine with the same port.
/// </summary>
internal sealed class CutProxy : IDisposable
{
    private const int BufferBytes = 64 * 1024;
    private const int Backlog = 512;
    private const int Addresses = 250;

    private readonly Lock _lock = new();
    private readonly HashSet<Socket> _open = [];
    private Socket _listener;
    private int _target;

    /// <summary>Begins to listen on loopback, on a port that the system chooses.</summary>
    public CutProxy()
    {
        _listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        _ = AcceptAsync(_listener);
    }

    /// <summary>The port; it stays the same when the address changes.</summary>
    public int Port { get; }

    /// <summary>The address on which the proxy listens now.</summary>
    public IPAddress Address { get; private set; } = IPAddress.Loopback;

    /// <summary>The port of the node behind the proxy. While it is 0, every connection is cut.</summary>
    public int Target
    {
        get => Volatile.Read(ref _target);
        set => Volatile.Write(ref _target, value);
    }

    /// <summary>Resets all connections.</summary>
    public void Cut()
    {
        Socket[] open;
        lock (_lock)
        {
            open = [.. _open];
            _open.Clear();
        }

        Array.ForEach(open, Reset);
    }

    /// <summary>Moves to another address of this machine and cuts the connections at the old one.</summary>
    public void Move()
    {
        _listener.Dispose();
        Cut();
        byte last = Address.GetAddressBytes()[^1];
        for (int i = 1; ; i++)
        {
            IPAddress next = new([127, 0, 0, (byte)(1 + ((last + i) % Addresses))]);
            try
            {
                _listener = Listen(new IPEndPoint(next, Port));
                Address = next;
                _ = AcceptAsync(_listener);
                return;
            }
            catch (SocketException exception)
                when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse && i < Addresses)
            {
                // Another program uses this port at that address; the loop tries the next address.
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private static Socket Listen(IPEndPoint address)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(true, 0);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The socket was disposed already.
        }

        socket.Dispose();
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                _ = ForwardAsync(await listener.AcceptAsync());
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ForwardAsync(Socket near)
    {
        Socket far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            near.NoDelay = true;
            lock (_lock)
            {
                _open.Add(near);
                _open.Add(far);
            }

            if (Target is > 0 and int target)
            {
                await far.ConnectAsync(new IPEndPoint(IPAddress.Loopback, target));
                await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The connection was cut by the proxy or by either end. The other end learns of it in the finally block.
        }
        finally
        {
            lock (_lock)
            {
                _open.Remove(near);
                _open.Remove(far);
            }

            Reset(near);
            Reset(far);
        }
    }

    private static async Task CopyAsync(Socket from, Socket to)
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
        try
        {
            while (await from.ReceiveAsync(buffer.AsMemory()) is > 0 and int bytes)
            {
                for (int sent = 0; sent < bytes;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, bytes - sent));
                }
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // A reset of one side is a reset of both.
            Reset(from);
            Reset(to);
        }
    }
}
