using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>Reads a socket and counts the bytes.</summary>
internal sealed class FarEnd(Socket socket) : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    public Counter Counter { get; } = new();

    public void Start() => _ = CountAsync();

    public void Dispose() => socket.Dispose();

    private async Task CountAsync()
    {
        byte[] buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
        try
        {
            while (await socket.ReceiveAsync(buffer.AsMemory()) is > 0 and int bytes)
            {
                Counter.Add(bytes);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // One of the two sides has closed the connection because the measure is over.
        }
    }
}
