namespace ActorP2P.Determinism.Tests.Races;

/// <summary>A number that actors and the test of one run share.</summary>
public sealed class Counter
{
    public int Value { get; set; }
}
