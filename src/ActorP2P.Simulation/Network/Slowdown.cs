namespace ActorP2P.Simulation;

/// <summary>What makes the links of a host worse than they are.</summary>
/// <param name="Latency">What is added to the latency.</param>
/// <param name="Loss">The probability, 0 to 1, that a segment is lost, if it is not higher anyway.</param>
/// <param name="BytesPerSecond">The bandwidth between the host and each other one; null leaves it as it is.</param>
public sealed record Slowdown(TimeSpan Latency, double Loss = 0, long? BytesPerSecond = null)
{
    internal Slowdown Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Latency, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfNegative(Loss);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Loss, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(BytesPerSecond ?? 1);
        return this;
    }

    internal LinkConditions Apply(LinkConditions usual) => usual with
    {
        Latency = usual.Latency + Latency,
        Loss = Math.Max(usual.Loss, Loss),
        BytesPerSecond = BytesPerSecond is { } limit && !(usual.BytesPerSecond < limit) ? limit : usual.BytesPerSecond,
    };
}
