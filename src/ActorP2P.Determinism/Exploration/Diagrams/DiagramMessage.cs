namespace ActorP2P.Determinism;

/// <summary>A message of a <see cref="CausalDiagram"/>.</summary>
public sealed record DiagramMessage
{
    internal DiagramMessage()
    {
    }

    /// <summary>Its number in the diagram, from 1, in the order in which messages were handled.</summary>
    public required int Number { get; init; }

    /// <summary>Who sent it: the path of an actor, or "test".</summary>
    public required string From { get; init; }

    /// <summary>Who handled it.</summary>
    public required string To { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>The number of the message during which it was sent; 0 when none of the diagram.</summary>
    public required int SentDuring { get; init; }

    /// <summary>The virtual time of sending.</summary>
    public required TimeSpan SentAt { get; init; }

    /// <summary>The virtual time of handling; null when it was not handled before the failure.</summary>
    public required TimeSpan? HandledAt { get; init; }

    /// <summary>Whether a timer sent it.</summary>
    public required bool IsByTimer { get; init; }

    /// <summary>
    /// Whether the failure does not follow from it: it was sent before, but its effect did not come in time.
    /// </summary>
    public required bool IsAside { get; init; }

    /// <summary>Whether the run failed while it was handled.</summary>
    public required bool IsFailing { get; init; }

    /// <summary>What the test shows of the receiver's state afterwards.</summary>
    public required IReadOnlyList<string> Notes { get; init; }
}
