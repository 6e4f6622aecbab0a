namespace BlockMesh.Chain;

/// <summary>What is said of a block.</summary>
public enum BlockVerdict
{
    /// <summary>Everything that was asked of it holds.</summary>
    Valid,

    /// <summary>The bytes are not a block.</summary>
    Malformed,

    /// <summary>Its header is not the one known for its height.</summary>
    UnknownHeader,

    /// <summary>Its hash is above its own target, or that target is easier than the chain allows.</summary>
    BadProofOfWork,

    /// <summary>The first transaction is not a coinbase, or another one is.</summary>
    BadCoinbase,

    /// <summary>Its transactions do not hash to the root its header names.</summary>
    BadMerkleRoot,

    /// <summary>The root is right, but transactions are repeated in the way of CVE-2012-2459.</summary>
    RepeatedTransactions,

    /// <summary>Its witnesses are not those its coinbase commits to.</summary>
    BadWitnessCommitment,
}
