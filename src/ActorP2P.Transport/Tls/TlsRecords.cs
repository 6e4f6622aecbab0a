using System.Buffers;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace ActorP2P.Transport;

/// <summary>Divides the bytes of one send into TLS records.</summary>
internal static class TlsRecords
{
    // A record carries at most 16 KiB.
    private const int RecordBytes = 16 * 1024;

    // A header of 5 bytes before the content; its kind and a tag of 16 bytes after it.
    private const int Overhead = 22;

    /// <summary>
    /// The bytes that encrypted bytes carry, if they are records as long as possible; at least 1 unless there are none.
    /// </summary>
    public static int ContentOf(int encrypted)
    {
        int records = (encrypted + RecordBytes + Overhead - 1) / (RecordBytes + Overhead);
        return encrypted <= 0 ? 0 : Math.Max(1, encrypted - (records * Overhead));
    }

    /// <summary>
    /// Encrypts segments in order. Small segments share a record; a segment that does not is encrypted without a copy.
    /// </summary>
    /// <returns>The number of bytes of all segments.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> WriteAsync(SslStream tls, IList<ArraySegment<byte>> segments)
    {
        if (segments.Count == 1)
        {
            await tls.WriteAsync(segments[0]).ConfigureAwait(false);
            return segments[0].Count;
        }

        byte[] record = ArrayPool<byte>.Shared.Rent(RecordBytes);
        try
        {
            int sent = 0;
            int filled = 0;
            for (int i = 0; i < segments.Count; i++)
            {
                ArraySegment<byte> rest = segments[i];
                while (rest.Count > 0)
                {
                    int count = Math.Min(rest.Count, RecordBytes - filled);
                    rest[..count].CopyTo(record, filled);
                    filled += count;
                    rest = rest[count..];
                    if (filled == RecordBytes)
                    {
                        await tls.WriteAsync(record.AsMemory(0, filled)).ConfigureAwait(false);
                        sent += filled;
                        filled = 0;
                    }
                }
            }

            if (filled > 0)
            {
                await tls.WriteAsync(record.AsMemory(0, filled)).ConfigureAwait(false);
            }

            return sent + filled;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(record);
        }
    }
}
