namespace BlockMesh.Storage;

/// <summary>Why a store cannot be used.</summary>
public enum ChainStoreFault
{
    /// <summary>Another process, or another store of this one, has the directory open.</summary>
    InUse,

    /// <summary>The directory or the file in it cannot be read or written.</summary>
    Unreachable,

    /// <summary>The file in the directory is not one of a store.</summary>
    NotAStore,

    /// <summary>The store was made for another chain.</summary>
    OtherChain,

    /// <summary>
    /// What the file holds cannot be read or is not valid. The store sets such a file aside when it can.
    /// </summary>
    Damaged,
}
