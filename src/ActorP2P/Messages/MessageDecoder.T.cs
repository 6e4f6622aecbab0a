using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <inheritdoc/>
internal sealed class MessageDecoder<T> : MessageDecoder
    where T : class, IMessage<T>
{
    public static readonly MessageDecoder<T> Instance = new();

    public override ushort Type => T.TypeCode;

    public override IMessage MessageOf(object message) => (T)message;

    protected override bool TryReadCore(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message)
    {
        bool read = T.TryRead(payload, out T? typed);
        message = typed;
        return read && typed is not null;
    }
}
