using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// The next effect that a session has for its shell: a message of the peer, or an event. Messages are values, so that
/// delivering one allocates nothing; events are rare.
/// </summary>
internal readonly struct SessionEffect
{
    private readonly InboundMessage _message;

    /// <summary>A message to deliver.</summary>
    public SessionEffect(in InboundMessage message) => _message = message;

    /// <summary>An event of the session.</summary>
    public SessionEffect(SessionEvent happened) => Event = happened;

    /// <summary>The event; null when the effect is a message.</summary>
    public SessionEvent? Event { get; }

    /// <summary>The message; empty when the effect is an event.</summary>
    [UnscopedRef]
    public ref readonly InboundMessage Message => ref _message;

    /// <summary>
    /// Releases the buffer that the effect holds. A shell that no longer carries out effects calls it.
    /// </summary>
    public void Release()
    {
        _message.Owner?.Release();
        if (Event is SessionEvent.BroadcastDropped dropped)
        {
            dropped.Broadcast.Owner.Release();
        }
    }
}
