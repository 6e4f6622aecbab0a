namespace ActorP2P;

/// <summary>
/// A file that should hold a node's key or a secret cannot be used; the message says why and what to do.
/// </summary>
public sealed class IdentityException : P2PException
{
    internal IdentityException(string path, string message, Exception? inner = null)
        : base($"The file {path} {message}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
