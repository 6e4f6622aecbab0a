namespace BlockMesh.Storage;

/// <summary>A store cannot be opened or written; <see cref="Reason"/> says why.</summary>
public sealed class ChainStoreException(ChainStoreFault reason, string message, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The reason, for programs.</summary>
    public ChainStoreFault Reason { get; } = reason;
}
