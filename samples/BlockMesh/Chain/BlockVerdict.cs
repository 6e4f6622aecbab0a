namespace BlockMesh.Chain;

/// <summary>The verdict on a block.</summary>
public enum BlockVerdict
{
    /// <summary>Every check succeeded.</summary>
    Valid,

    /// <summary>The bytes are not a block.</summary>
    Malformed,

    /// <summary>Its header differs from the known header at its height.</summary>
    UnknownHeader,

    /// <summary>Its hash is above its own target, or that target is easier than the chain allows.</summary>
    BadProofOfWork,

    /// <summary>The first transaction is not a coinbase, or another one is.</summary>
    BadCoinbase,

    /// <summary>The hash of its transactions differs from the Merkle root in its header.</summary>
    BadMerkleRoot,

    /// <summary>The Merkle root is right, but transactions are repeated (CVE-2012-2459).</summary>
    RepeatedTransactions,

    /// <summary>Its witnesses differ from those that the coinbase commits to.</summary>
    BadWitnessCommitment,
}
