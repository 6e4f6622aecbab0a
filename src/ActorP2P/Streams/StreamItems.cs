using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Messages in a stream, one after another: <c>length u32 | type u16 | message</c>, big-endian.</summary>
internal static class StreamItems
{
    private const int HeaderSize = sizeof(uint) + sizeof(ushort);

    // Bytes that a length which is only declared may allocate.
    private const int FirstBuffer = 16 * 1024;

    /// <summary>Writes a message.</summary>
    /// <returns>False when it is longer than the peer accepts; the stream is aborted then.</returns>
    public static async ValueTask<bool> TryWriteAsync(PeerStream stream, IMessage item, CancellationToken token)
    {
        EncodedMessage encoded = PayloadWriter.Encode(item, HeaderSize);
        try
        {
            int length = encoded.Length - HeaderSize;
            if (length > stream.Peer.MaxMessage)
            {
                stream.Abort(RequestErrorCode.ResponseTooLong, $"an item of {length} bytes");
                return false;
            }

            BinaryPrimitives.WriteUInt32BigEndian(encoded.Writable, (uint)length);
            BinaryPrimitives.WriteUInt16BigEndian(encoded.Writable[sizeof(uint)..], encoded.Type);
            await stream.WriteAsync(encoded.Body, token);
            return true;
        }
        finally
        {
            encoded.Buffer.Release();
        }
    }

    /// <summary>Reads the next message.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="decoder">Reads the messages of the stream, which are all of one type.</param>
    /// <param name="longest">The longest message, in bytes.</param>
    /// <param name="token">Ends the wait.</param>
    /// <returns>The message; null at the end of the stream.</returns>
    /// <exception cref="PeerStreamException">
    /// What arrived is no such message, or the stream has ended in another way. The stream is aborted then.
    /// </exception>
    public static async ValueTask<object?> ReadAsync(
        PeerStream stream, MessageDecoder decoder, int longest, CancellationToken token)
    {
        byte[] buffer = new byte[HeaderSize];
        int read = await FillAsync(stream, buffer, 0, token);
        if (read == 0)
        {
            return null;
        }

        uint length = BinaryPrimitives.ReadUInt32BigEndian(buffer);
        ushort type = stream.Peer.Map.MapAnswer(BinaryPrimitives.ReadUInt16BigEndian(buffer.AsSpan(4)));
        if (read < HeaderSize || length > longest || type != decoder.Type)
        {
            throw Malformed(stream, read < HeaderSize ? "the stream ends within an item"
                : length > longest ? $"an item of {length} bytes" : $"an item of type {type:x4}");
        }

        byte[] body = [];
        for (int filled = 0; filled < length;)
        {
            Array.Resize(ref body, (int)Math.Min(length, Math.Max(FirstBuffer, 2L * filled)));
            filled = await FillAsync(stream, body, filled, token);
            if (filled < body.Length)
            {
                throw Malformed(stream, "the stream ends within an item");
            }
        }

        return decoder.TryRead(body, out object? item)
            ? item
            : throw Malformed(stream, "an item that does not parse");
    }

    /// <summary>Fills a buffer, or reads to the end of the stream.</summary>
    /// <returns>The bytes in the buffer.</returns>
    public static async ValueTask<int> FillAsync(
        PeerStream stream, byte[] buffer, int filled, CancellationToken token)
    {
        while (filled < buffer.Length)
        {
            int count = await stream.ReadAsync(buffer.AsMemory(filled), token);
            if (count == 0)
            {
                break;
            }

            filled += count;
        }

        return filled;
    }

    /// <summary>Aborts a stream whose bytes are not what it should carry.</summary>
    public static PeerStreamException Malformed(PeerStream stream, string detail)
    {
        stream.Abort(RequestErrorCode.Malformed, detail);
        return new PeerStreamException(StreamFailure.Malformed, detail);
    }
}
