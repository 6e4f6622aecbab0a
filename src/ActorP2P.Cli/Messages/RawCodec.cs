using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Cli.Messages;

/// <summary>Passes the bytes of one type of messages on.</summary>
internal sealed class RawCodec(ushort type) : MessageCodec<RawBody>(type)
{
    public override void Write(RawBody message, IBufferWriter<byte> writer) => writer.Write(message.Bytes.Span);

    public override bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out RawBody message)
    {
        message = new RawBody(payload.ToArray());
        return true;
    }
}
