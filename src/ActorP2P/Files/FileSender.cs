using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace ActorP2P;

/// <summary>
/// Sends a file over a stream: reads from the peer how much it has already, sends the rest and the hash of the whole,
/// and waits for the peer's end, which says that the hash is right.
/// </summary>
internal static class FileSender
{
    private const int BufferBytes = 128 * 1024;

    public static async Task<FileSent> SendAsync(
        PeerStream stream, SafeFileHandle file, FileOffer offer, IProgress<long>? progress, CancellationToken token)
    {
        byte[] number = new byte[sizeof(long)];
        int read = await StreamItems.FillAsync(stream, number, 0, token);
        long from = BinaryPrimitives.ReadInt64BigEndian(number);
        if (read < number.Length || from < 0 || from > offer.Length || (offer.IsFromStart && from > 0))
        {
            throw StreamItems.Malformed(stream, $"the peer wants bytes from {from} of {offer.Length}");
        }

        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[BufferBytes];
        for (long at = 0; at < offer.Length;)
        {
            // The peer has the first bytes; they belong to the hash and are not sent.
            long end = at < from ? from : offer.Length;
            int count = RandomAccess.Read(file, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at)), at);
            if (count == 0)
            {
                throw new IOException($"The file {offer.Name} became shorter while it was sent.");
            }

            hash.AppendData(buffer, 0, count);
            if (at >= from)
            {
                await stream.WriteAsync(buffer.AsMemory(0, count), token);
                progress?.Report(at + count);
            }

            token.ThrowIfCancellationRequested();
            at += count;
        }

        byte[] whole = hash.GetHashAndReset();
        await stream.WriteAsync(whole, token);
        await stream.CompleteWritingAsync(token);
        return await stream.ReadAsync(number, token) == 0
            ? new FileSent(offer.Name, offer.Length, from, whole)
            : throw StreamItems.Malformed(stream, "bytes where the end should be");
    }
}
