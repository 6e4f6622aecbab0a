using ActorP2P.PeerBenchmarks.Wire;
using Grpc.Core;

namespace ActorP2P.PeerBenchmarks;

/// <summary>Writes to a gRPC stream, and flushes it after each 16 KiB and after the last message.</summary>
internal static class GrpcWriter
{
    private const int FlushBytes = 16 * 1024;

    private static readonly WriteOptions s_buffered = new(WriteFlags.BufferHint);

    /// <summary>Writes a message many times.</summary>
    public static async Task WriteAsync(IAsyncStreamWriter<Payload> stream, Payload message, int count)
    {
        int unflushed = 0;
        for (int i = 1; i <= count; i++)
        {
            await WriteAsync(stream, message, ref unflushed, isLast: i == count);
        }
    }

    /// <summary>Writes one message.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="message">The message.</param>
    /// <param name="unflushed">The bytes that were written and not flushed.</param>
    /// <param name="isLast">Whether no other message follows at once.</param>
    public static Task WriteAsync(
        IAsyncStreamWriter<Payload> stream, Payload message, ref int unflushed, bool isLast)
    {
        unflushed += message.Data.Length;
        bool flush = isLast || unflushed >= FlushBytes;
        unflushed = flush ? 0 : unflushed;
        stream.WriteOptions = flush ? WriteOptions.Default : s_buffered;
        return stream.WriteAsync(message);
    }
}
