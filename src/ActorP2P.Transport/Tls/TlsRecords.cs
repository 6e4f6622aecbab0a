using System.Buffers;
using System.Net.Security;
using System.Runtime.CompilerServices;

namespace ActorP2P.Transport;

/// <summary>Divides the bytes of one send into TLS records.</summary>
internal static class TlsRecords
{
    /// <summary>The most bytes that a record carries.</summary>
    public const int RecordBytes = 16 * 1024;

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
    /// Encrypts segments in order into records that are as long as possible, and sends several records at once. Small
    /// segments share a record; a record from within one segment is encrypted without a copy.
    /// </summary>
    /// <param name="tls">The stream that encrypts.</param>
    /// <param name="stream">The stream beneath it.</param>
    /// <param name="segments">The bytes; at least one.</param>
    /// <returns>The number of bytes of all segments.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<int> WriteAsync(
        SslStream tls, ConnectionStream stream, IList<ArraySegment<byte>> segments)
    {
        int bytes = 0;
        for (int i = 0; i < segments.Count; i++)
        {
            bytes += segments[i].Count;
        }

        byte[]? shared = null;
        try
        {
            int index = 0;
            ArraySegment<byte> rest = segments[0];
            for (int sent = 0; sent < bytes;)
            {
                while (rest.Count == 0)
                {
                    rest = segments[++index];
                }

                int length = Math.Min(bytes - sent, RecordBytes);
                ArraySegment<byte> record;
                if (rest.Count >= length)
                {
                    record = rest[..length];
                    rest = rest[length..];
                }
                else
                {
                    record = new ArraySegment<byte>(
                        shared ??= ArrayPool<byte>.Shared.Rent(RecordBytes), 0, length);
                    for (int filled = 0; filled < length;)
                    {
                        int count = Math.Min(rest.Count, length - filled);
                        rest[..count].CopyTo(record[filled..]);
                        filled += count;
                        rest = count < rest.Count || filled == length ? rest[count..] : segments[++index];
                    }
                }

                sent += length;
                stream.IsHolding = sent < bytes && stream.CanHold(RecordBytes + Overhead);
                await tls.WriteAsync(record).ConfigureAwait(false);
            }

            return bytes;
        }
        finally
        {
            stream.IsHolding = false;
            stream.DropHeld();
            if (shared is not null)
            {
                ArrayPool<byte>.Shared.Return(shared);
            }
        }
    }
}
