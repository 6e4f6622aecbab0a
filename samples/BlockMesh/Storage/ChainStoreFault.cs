namespace BlockMesh.Storage;

/// <summary>Why a store cannot be used.</summary>
public enum ChainStoreFault
{
    /// <summary>Another process, or another store in this process, has the directory open.</summary>
    InUse,

    /// <summary>The directory or its file cannot be read or written.</summary>
    Unreachable,

    /// <summary>The file in the directory is not a store.</summary>
    NotAStore,

    /// <summary>The store was made for another chain.</summary>
    OtherChain,

    /// <summary>
    /// The contents of the file cannot be read or are not valid. The store renames such a file if it can.
    /// </summary>
    Damaged,
}
