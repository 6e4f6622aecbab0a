using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <inheritdoc/>
internal sealed class MessageDecoder<T> : MessageDecoder
    where T : class, IMessage<T>
{
    public static readonly MessageDecoder<T> Instance = new();

    [SuppressMessage("Design", "CA1031", Justification = "A reader written by the application meets hostile bytes here; whatever it throws means no.")]
    public override bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out object message)
    {
        try
        {
            bool read = T.TryRead(payload, out T? typed);
            message = typed;
            return read && typed is not null;
        }
        catch (Exception)
        {
            message = null;
            return false;
        }
    }
}
