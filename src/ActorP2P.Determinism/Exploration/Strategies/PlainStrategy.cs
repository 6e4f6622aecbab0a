namespace ActorP2P.Determinism;

/// <summary>First come, first served.</summary>
internal sealed class PlainStrategy : Strategy
{
    public override int Next(List<Turn> ready, int step) => 0;
}
