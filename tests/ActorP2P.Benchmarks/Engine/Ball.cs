namespace ActorP2P.Benchmarks;

/// <summary>What is thrown back and forth; in one hand at a time.</summary>
internal sealed class Ball(int throws)
{
    public int Left { get; set; } = throws;
}
