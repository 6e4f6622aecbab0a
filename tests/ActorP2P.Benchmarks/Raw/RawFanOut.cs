using System.Net.Sockets;

namespace ActorP2P.Benchmarks;

/// <summary>
/// The baseline of a broadcast: each frame is copied into a buffer of 64 KiB for each connection, which is sent when it
/// is full.
/// </summary>
internal sealed class RawFanOut
{
    private const int BufferBytes = 64 * 1024;

    private readonly Socket[] _sockets;
    private readonly byte[][] _buffers;
    private readonly int[] _filled;

    public RawFanOut(IReadOnlyList<Socket> sockets)
    {
        _sockets = [.. sockets];
        _buffers = [.. sockets.Select(_ => new byte[BufferBytes])];
        _filled = new int[sockets.Count];
    }

    public async Task SendAsync(byte[] frame, int count)
    {
        for (int i = 0; i < count; i++)
        {
            for (int connection = 0; connection < _sockets.Length; connection++)
            {
                if (_filled[connection] + frame.Length > BufferBytes)
                {
                    await FlushAsync(connection);
                }

                frame.CopyTo(_buffers[connection].AsSpan(_filled[connection]));
                _filled[connection] += frame.Length;
            }
        }

        for (int connection = 0; connection < _sockets.Length; connection++)
        {
            await FlushAsync(connection);
        }
    }

    private async ValueTask FlushAsync(int connection)
    {
        ReadOnlyMemory<byte> rest = _buffers[connection].AsMemory(0, _filled[connection]);
        while (!rest.IsEmpty)
        {
            rest = rest[await _sockets[connection].SendAsync(rest)..];
        }

        _filled[connection] = 0;
    }
}
