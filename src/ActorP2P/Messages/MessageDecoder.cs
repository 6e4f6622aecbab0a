using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Reads messages of one type.</summary>
internal abstract class MessageDecoder
{
    /// <summary>Reads a message. A reader that throws counts as one that says no: what came is hostile either way.</summary>
    public abstract bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message);
}
