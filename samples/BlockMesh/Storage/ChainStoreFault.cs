namespace BlockMesh.Storage;

/// <summary>Why a store cannot be used.</summary>
public enum ChainStoreFault
{
    /// <summary>Another process, or another store of this one, has the directory open.</summary>
    InUse,

    /// <summary>The directory or a file in it cannot be read or written.</summary>
    Unreachable,

    /// <summary>A file in the directory is not one of a store.</summary>
    NotAStore,

    /// <summary>The store was made for another chain.</summary>
    OtherChain,

    /// <summary>A record is whole, but what it holds is not valid: the file was altered, not torn.</summary>
    InvalidRecord,
}
