namespace ActorP2P;

/// <summary>
/// Whether a node's connections are encrypted. A node with <see cref="Required"/> and a node with <see cref="Off"/>
/// cannot connect to each other.
/// </summary>
public enum Encryption
{
    /// <summary>Nothing is encrypted, and node ids are only claimed.</summary>
    Off,
    /// <summary>Every connection is encrypted with TLS 1.3, and both sides prove their node ids.</summary>
    Required,
}
