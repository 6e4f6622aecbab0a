namespace BlockMesh.Chain;

/// <summary>The verdict on a transaction.</summary>
public enum TransactionVerdict
{
    /// <summary>It may be relayed, and it is kept until a block contains it.</summary>
    Accepted,

    /// <summary>It is kept already.</summary>
    Known,

    /// <summary>The bytes are not a transaction, or are longer than a transaction that is relayed.</summary>
    Malformed,

    /// <summary>It has no inputs or outputs, repeated inputs, or amounts out of range.</summary>
    BadForm,

    /// <summary>It spends an output that is spent or that no block of this chain contains.</summary>
    MissingOutput,

    /// <summary>It spends the output of a coinbase too early.</summary>
    ImmatureOutput,

    /// <summary>It spends an output that another transaction in the pool spends.</summary>
    DoubleSpend,

    /// <summary>It pays more than it spends.</summary>
    Overspent,

    /// <summary>An input does not satisfy the script of the output that it spends.</summary>
    BadSignature,

    /// <summary>The pool is full.</summary>
    PoolFull,
}
