namespace ActorP2P.Simulation;

/// <summary>Broadcasts of a scenario, each of which is followed to every node.</summary>
public sealed record BroadcastLoad
{
    /// <summary>The pause between two of them.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Bytes of each; 12 at least.</summary>
    public int Bytes { get; init; } = 1024;
}
