namespace ActorP2P.Determinism.TestKit;

/// <summary>A wait inside another one was cut short, because the deadline of the outer one had come.</summary>
internal sealed class OuterDeadlineException : TimeoutException
{
    public OuterDeadlineException(TimeSpan wait, TimeSpan end, ulong seed)
        : base(
            $"A wait of {wait:c} was cut short at {end:c}, when the deadline of an outer wait came (seed {seed}).") =>
        End = end;

    /// <summary>The outer deadline, in virtual time since the start.</summary>
    public TimeSpan End { get; }
}
