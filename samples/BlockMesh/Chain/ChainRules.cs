namespace BlockMesh.Chain;

/// <summary>What tells one chain from another, as far as this sample follows it.</summary>
public sealed record ChainRules
{
    /// <summary>The Bitcoin main network up to its first change of target.</summary>
    public static ChainRules Mainnet { get; } = new()
    {
        Name = "mainnet",
        GenesisHash = Hash256.Parse("000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f"),
        Bits = 0x1d00ffff,
        MaxHeaders = 32_256,
    };

    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>The hash of the header at height 0.</summary>
    public required Hash256 GenesisHash { get; init; }

    /// <summary>The compact target of every header in the range; also the easiest target any block of the chain may have.</summary>
    public required uint Bits { get; init; }

    /// <summary>
    /// How many headers keep that target. On the main network the target was first changed at height 32,256, and what follows
    /// needs rules this sample does not have; so a chain in memory is bounded, too.
    /// </summary>
    public required int MaxHeaders { get; init; }
}
