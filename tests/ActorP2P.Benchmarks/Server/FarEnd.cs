using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>Reads a socket and counts what comes; holds no buffer while nothing does.</summary>
internal sealed class FarEnd(Socket socket) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    // The bytes are thrown away, so all that are read on one thread can go to the same place.
    [ThreadStatic]
    private static byte[]? t_scrap;

    private readonly SocketAsyncEventArgs _arrival = new(true);

    public Counter Counter { get; } = new();

    public void Start()
    {
        // A zero-byte receive says that there is something, and holds nothing until then.
        _arrival.Completed += (_, _) => Read();
        Wait();
    }

    public void Dispose()
    {
        socket.Dispose();
        _arrival.Dispose();
    }

    private void Wait()
    {
        try
        {
            while (!socket.ReceiveAsync(_arrival) && ReadOnce())
            {
            }
        }
        catch (ObjectDisposedException)
        {
            // Closed from this side: the measure is over.
        }
    }

    private void Read()
    {
        if (ReadOnce())
        {
            Wait();
        }
    }

    private bool ReadOnce()
    {
        t_scrap ??= GC.AllocateUninitializedArray<byte>(BufferBytes);
        int bytes;
        try
        {
            // Never blocks: something has arrived, or the stream has ended.
            bytes = socket.Receive(t_scrap, SocketFlags.None, out SocketError error);
            bytes = error == SocketError.Success ? bytes : 0;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }

        Counter.Add(bytes);
        return bytes > 0;
    }
}
