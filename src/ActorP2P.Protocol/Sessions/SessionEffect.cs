namespace ActorP2P.Protocol;

/// <summary>One thing a session asks of its shell.</summary>
internal readonly record struct SessionEffect
{
    /// <summary>What is asked.</summary>
    public required SessionEffectKind Kind { get; init; }

    /// <summary>The message's kind, type, lane and id.</summary>
    public FrameHeader Header { get; init; }

    /// <summary>The message's bytes; of a broadcast that has only begun, those that came. Without an owner they lie in the receive buffer and are valid only until the next frame.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Holds a reassembled body; whoever takes the effect releases it.</summary>
    public SharedBuffer? Owner { get; init; }

    /// <summary>To be handed back when the message has been dealt with.</summary>
    public InboundCharge Charge { get; init; }

    /// <summary>When nobody wants the message any more; its handler must not be begun after that.</summary>
    public TimeSpan? Expires { get; init; }

    /// <summary>An error's text.</summary>
    public string? Text { get; init; }

    /// <summary>Why the session is over.</summary>
    public Disconnect? End { get; init; }

    /// <summary>A broadcast's head, with which its body begins.</summary>
    public BroadcastHead ReadBroadcastHead() => BroadcastHead.Read(Body.Span);
}
