namespace ActorP2P.Determinism;

/// <summary>Something that happened in a run, with what had to happen before it.</summary>
internal sealed class CausalEvent
{
    /// <summary>The number in the order of sending, from 1.</summary>
    public required int Number { get; init; }

    public required CausalSort Sort { get; init; }

    /// <summary>Who sent it.</summary>
    public required Lane From { get; init; }

    /// <summary>Who handles it.</summary>
    public required Lane To { get; init; }

    /// <summary>What was sent; null for timers and joins.</summary>
    public object? Message { get; init; }

    /// <summary>The sender as Akka knows it, by which equal messages are told apart.</summary>
    public object? Sender { get; init; }

    /// <summary>The virtual time of sending.</summary>
    public required TimeSpan SentAt { get; init; }

    /// <summary>During what it was sent.</summary>
    public CausalEvent? Cause { get; init; }

    /// <summary>What the receiver had done before it handled this.</summary>
    public CausalEvent? Before { get; set; }

    /// <summary>The virtual time of handling; null while it waits.</summary>
    public TimeSpan? HandledAt { get; set; }

    /// <summary>The place in the order of handling, from 1; 0 while it waits.</summary>
    public int HandledAs { get; set; }

    /// <summary>The message as text, where the run is shown.</summary>
    public string? Text { get; set; }

    /// <summary>What is shown of the receiver's state after it has handled this.</summary>
    public List<string>? Notes { get; set; }

    /// <summary>Whether a reader sees it.</summary>
    public bool IsVisible => Sort is CausalSort.Message or CausalSort.Answer or CausalSort.Supervision;
}
