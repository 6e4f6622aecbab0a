using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>Reads messages of one type, and writes those that do not write themselves.</summary>
internal abstract class MessageDecoder
{
    /// <summary>The type on the wire.</summary>
    public abstract ushort Type { get; }

    /// <summary>
    /// Reads a message. A reader that throws counts as one that says no: what came is hostile either way.
    /// </summary>
    [SuppressMessage("Design", "CA1031", Justification = "A reader meets hostile bytes here; whatever it throws means no.")]
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
