using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>The rules that distinguish one chain from another, as far as this sample implements them.</summary>
public sealed record ChainRules
{
    /// <summary>The Bitcoin main network up to the first change of its target.</summary>
    public static ChainRules Mainnet { get; } = new() { Name = "mainnet", Network = Network.Main, MaxHeaders = 32_256 };

    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>NBitcoin's rules of the chain.</summary>
    public required Network Network { get; init; }

    /// <summary>
    /// The number of headers that have the first target. On the main network the target first changed at height 32,256,
    /// and later headers need rules that this sample does not have. The limit also bounds a chain in memory.
    /// </summary>
    public required int MaxHeaders { get; init; }

    /// <summary>The hash of the header at height 0.</summary>
    public uint256 GenesisHash => Network.GenesisHash!;

    /// <summary>
    /// The target of every header in that range, which is also the easiest target that a block of the chain may have.
    /// </summary>
    public Target EasiestTarget => Network.Consensus.PowLimit!;

    /// <summary>
    /// Whether a header meets its own target, and whether that target is no easier than the chain allows.
    /// </summary>
    public bool HasWork(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);

        // Without the limit, anybody could state a target that needs no work.
        return header.Bits.ToBigInteger() <= EasiestTarget.ToBigInteger() && header.CheckProofOfWork();
    }
}
