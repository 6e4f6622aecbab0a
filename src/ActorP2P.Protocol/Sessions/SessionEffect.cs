namespace ActorP2P.Protocol;

/// <summary>
/// The next thing that a session has for its shell: a message of the peer, or an event. Messages are values, so that
/// delivering one allocates nothing; events are rare.
/// </summary>
internal readonly struct SessionEffect
{
    /// <summary>A message to deliver.</summary>
    public SessionEffect(in InboundMessage message) => Message = message;

    /// <summary>An event of the session.</summary>
    public SessionEffect(SessionEvent happened) => Event = happened;

    /// <summary>The event; null when the effect is a message.</summary>
    public SessionEvent? Event { get; }

    /// <summary>The message; empty when the effect is an event.</summary>
    public InboundMessage Message { get; }

    /// <summary>Releases the buffer that the effect holds, for a shell that carries out nothing any more.</summary>
    public void Release()
    {
        Message.Owner?.Release();
        if (Event is SessionEvent.BroadcastDropped dropped)
        {
            dropped.Broadcast.Owner.Release();
        }
    }
}
