namespace BlockMesh.Chain;

/// <summary>What is said of a transaction.</summary>
public enum TransactionVerdict
{
    /// <summary>It may be relayed, and is kept until a block has it.</summary>
    Accepted,

    /// <summary>It is kept already.</summary>
    Known,

    /// <summary>The bytes are not a transaction, or longer than one that is relayed.</summary>
    Malformed,

    /// <summary>Its inputs or outputs cannot be: none, repeated, or amounts out of range.</summary>
    BadForm,

    /// <summary>It spends an output that the chain at hand does not have, or that was spent.</summary>
    MissingOutput,

    /// <summary>It spends the output of a coinbase too early.</summary>
    ImmatureOutput,

    /// <summary>It spends an output that another transaction here spends.</summary>
    DoubleSpend,

    /// <summary>It pays more than it spends.</summary>
    Overspent,

    /// <summary>An input does not fulfil the script of the output it spends.</summary>
    BadSignature,

    /// <summary>There is no room for it.</summary>
    PoolFull,
}
