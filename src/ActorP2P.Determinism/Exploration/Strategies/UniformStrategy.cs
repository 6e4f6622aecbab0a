namespace ActorP2P.Determinism;

/// <summary>Each ready turn has the same chance.</summary>
internal sealed class UniformStrategy(Random random) : Strategy
{
    public override int Next(List<Turn> ready, int step) => random.Next(ready.Count);
}
