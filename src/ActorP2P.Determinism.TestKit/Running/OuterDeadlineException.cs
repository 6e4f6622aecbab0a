namespace ActorP2P.Determinism.TestKit;

/// <summary>A wait inside another one was cut short, because the outer deadline had passed.</summary>
internal sealed class OuterDeadlineException : TimeoutException
{
    public OuterDeadlineException(TimeSpan wait, TimeSpan end, ulong seed)
        : base(
            $"A wait of {wait:c} was cut short at {end:c} by the deadline of an outer wait (seed {seed}).") =>
        End = end;

    /// <summary>The outer deadline, in virtual time since the start.</summary>
    public TimeSpan End { get; }
}
