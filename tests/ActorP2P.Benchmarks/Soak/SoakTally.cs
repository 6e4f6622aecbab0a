namespace ActorP2P.Benchmarks;

/// <summary>Counts what a soak has done, as evidence that it did something.</summary>
internal sealed class SoakTally
{
    private long _connects;
    private long _answers;
    private long _failures;
    private long _broadcasts;
    private long _cuts;
    private long _restarts;

    public void Connect() => Interlocked.Increment(ref _connects);

    public void Answer() => Interlocked.Increment(ref _answers);

    public void Failure() => Interlocked.Increment(ref _failures);

    public void Broadcast() => Interlocked.Increment(ref _broadcasts);

    public void Cut() => Interlocked.Increment(ref _cuts);

    public void Restart() => Interlocked.Increment(ref _restarts);

    public override string ToString() =>
        FormattableString.Invariant($"connects={_connects} answers={_answers} broadcasts={_broadcasts} cuts={_cuts} ")
        + FormattableString.Invariant($"restarts={_restarts} typed-failures={_failures}");
}
