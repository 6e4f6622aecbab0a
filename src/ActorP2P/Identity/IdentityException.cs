namespace ActorP2P;

/// <summary>The file of a node's key cannot be used. The message says why and what to do.</summary>
public sealed class IdentityException : P2PException
{
    internal IdentityException(string path, string message, Exception? inner = null)
        : base($"The identity file {path} {message}", inner) => Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
