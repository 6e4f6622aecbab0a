using NBitcoin;

namespace BlockMesh.Chain;

/// <summary>What tells one chain from another, as far as this sample follows it.</summary>
public sealed record ChainRules
{
    /// <summary>The Bitcoin main network up to its first change of target.</summary>
    public static ChainRules Mainnet { get; } = new() { Name = "mainnet", Network = Network.Main, MaxHeaders = 32_256 };

    /// <summary>The name, for people.</summary>
    public required string Name { get; init; }

    /// <summary>NBitcoin's rules of the chain.</summary>
    public required Network Network { get; init; }

    /// <summary>
    /// How many headers keep the first target. On the main network the target was first changed at height 32,256, and
    /// what follows needs rules this sample does not have; so a chain in memory is bounded, too.
    /// </summary>
    public required int MaxHeaders { get; init; }

    /// <summary>The hash of the header at height 0.</summary>
    public uint256 GenesisHash => Network.GenesisHash!;

    /// <summary>
    /// The target of every header in the range; also the easiest target any block of the chain may have.
    /// </summary>
    public Target EasiestTarget => Network.Consensus.PowLimit!;

    /// <summary>Whether a header meets its own target, and that target is no easier than the chain allows.</summary>
    public bool HasWork(BlockHeader header)
    {
        ArgumentNullException.ThrowIfNull(header);

        // Without the limit anyone could name a target that asks for no work.
        return header.Bits.ToBigInteger() <= EasiestTarget.ToBigInteger() && header.CheckProofOfWork();
    }
}
