using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Reads messages of one type, and converts plain objects of that type to messages.</summary>
internal abstract class MessageDecoder
{
    /// <summary>The type on the wire.</summary>
    public abstract ushort Type { get; }

    /// <summary>
    /// Reads a message. A reader that throws counts as one that returns false: the bytes are hostile either way.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "The bytes may be hostile; an exception means invalid bytes.")]
    public bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message)
    {
        try
        {
            return TryReadCore(payload, out message);
        }
        catch (Exception)
        {
            message = null;
            return false;
        }
    }

    /// <summary>A message of this type, ready to be sent.</summary>
    public abstract IMessage MessageOf(object message);

    protected abstract bool TryReadCore(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message);
}
