namespace ActorP2P.Simulation;

/// <summary>One ask that a scenario made.</summary>
public sealed class ClusterAsk
{
    internal ClusterAsk(string asker, Peer peer, TimeSpan startedAt, TimeSpan timeout, bool mustBeAnswered)
    {
        Asker = asker;
        Peer = peer;
        StartedAt = startedAt;
        Timeout = timeout;
        MustBeAnswered = mustBeAnswered;
    }

    /// <summary>The asking node.</summary>
    public string Asker { get; }

    /// <summary>The peer that it asked.</summary>
    public Peer Peer { get; }

    /// <summary>When it began, in virtual time.</summary>
    public TimeSpan StartedAt { get; }

    /// <summary>How long it waits.</summary>
    public TimeSpan Timeout { get; }

    /// <summary>
    /// Whether the asked node answers at once, so that an answer that does not arrive in time is lost.
    /// </summary>
    public bool MustBeAnswered { get; }

    /// <summary>When it ended; null while it waits.</summary>
    public TimeSpan? EndedAt { get; private set; }

    /// <summary>Why there was no answer; null when there was one.</summary>
    public Exception? Failure { get; private set; }

    /// <inheritdoc/>
    public override string ToString() => $"the ask of {Asker} to {Peer} of {StartedAt:c}";

    internal void End(TimeSpan at, Exception? failure)
    {
        EndedAt ??= at;
        Failure ??= failure;
    }
}
