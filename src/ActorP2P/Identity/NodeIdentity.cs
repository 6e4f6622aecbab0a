using System.Security.Cryptography;

namespace ActorP2P;

/// <summary>
/// The identity of a node: a P-256 key. The node's id is the hash of the public key, so only the owner of the key can
/// prove the id. Peers treat two nodes with the same key as one node.
/// </summary>
public sealed class NodeIdentity
{
    private NodeIdentity(NodeId id, ECDsa? key)
    {
        Id = id;
        Key = key;
    }

    /// <summary>The node's id.</summary>
    public NodeId Id { get; }

    /// <summary>The key; null for an identity without a key.</summary>
    internal ECDsa? Key { get; }

    /// <summary>Makes a new identity, which is not stored.</summary>
    public static NodeIdentity Create() => Of(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>
    /// Reads an identity from a file (PKCS#8 in PEM). If the file does not exist, a new identity is made and stored
    /// there. Only the user of this process can read the file.
    /// </summary>
    /// <param name="path">The path of the file. A missing folder is created.</param>
    /// <param name="passphrase">
    /// The passphrase that encrypts the file; null or empty for a file that is not encrypted.
    /// </param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IdentityException">
    /// The file cannot be read or written, other users can read it, it contains no P-256 key, or its passphrase is
    /// another one; the message says which.
    /// </exception>
    public static NodeIdentity LoadOrCreate(string path, string? passphrase = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Of(IdentityFile.LoadOrCreate(path, passphrase));
    }

    /// <summary>
    /// An id without a key, which can prove nothing: for simulations, where ids are to be the same in each run, and a
    /// simulated handshake takes the id for granted. A node that encrypts by TLS does not start with it.
    /// </summary>
    public static NodeIdentity WithoutKey(NodeId id) => new(id, null);

    /// <inheritdoc/>
    public override string ToString() => Id.ToString();

    private static NodeIdentity Of(ECDsa key) => new(NodeId.FromPublicKey(key.ExportSubjectPublicKeyInfo()), key);
}
