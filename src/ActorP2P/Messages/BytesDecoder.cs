using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Passes on the bytes of messages whose form this node does not know.</summary>
internal sealed class BytesDecoder(ushort type) : MessageDecoder
{
    public override ushort Type => type;

    public override IMessage MessageOf(object message) =>
        throw new InvalidOperationException($"The type {type:x4} is only received, as bytes.");

    // The payload is only valid during the call, and a broadcast is judged later.
    protected override bool TryReadCore(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message)
    {
        message = payload.ToArray();
        return true;
    }
}
