namespace ActorP2P.Simulation;

/// <summary>The broadcasts of a scenario. Each is followed to every node.</summary>
public sealed record BroadcastLoad
{
    /// <summary>The pause between two broadcasts.</summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The bytes of each broadcast; at least 12.</summary>
    public int Bytes { get; init; } = 1024;
}
