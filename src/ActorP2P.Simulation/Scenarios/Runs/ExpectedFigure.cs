namespace ActorP2P.Simulation;

/// <summary>A figure of a run and what the scenario expects of it.</summary>
/// <param name="Name">Its key in the file.</param>
/// <param name="Figure">What it is.</param>
/// <param name="Expected">What it is to be.</param>
/// <param name="IsMet">Whether it is so.</param>
internal sealed record ExpectedFigure(string Name, string Figure, string Expected, bool IsMet)
{
    public override string ToString() => $"{Name} is {Figure}, expected {Expected}";
}
