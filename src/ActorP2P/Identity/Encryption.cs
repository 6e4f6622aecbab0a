namespace ActorP2P;

/// <summary>
/// Whether a node's connections are encrypted. A node that requires it and one that does not never meet.
/// </summary>
public enum Encryption
{
    /// <summary>Nothing is encrypted, and ids are claimed.</summary>
    Off,
    /// <summary>Every connection is encrypted with TLS 1.3, and both sides prove their ids.</summary>
    Required,
}
