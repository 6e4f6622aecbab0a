using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Reads and writes plain objects with a codec that the application registered.</summary>
internal sealed class CodecDecoder<T>(MessageCodec<T> codec) : MessageDecoder
    where T : class
{
    public override ushort Type => codec.TypeCode;

    public override IMessage MessageOf(object message) => new CodedMessage(codec, (T)message);

    protected override bool TryReadCore(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message)
    {
        bool read = codec.TryRead(payload, out T? typed);
        message = typed;
        return read && typed is not null;
    }

    private sealed class CodedMessage(MessageCodec<T> codec, T message) : IMessage
    {
        public ushort MessageType => codec.TypeCode;

        public void Write(IBufferWriter<byte> writer) => codec.Write(message, writer);
    }
}
