using System.Security.Cryptography;

namespace ActorP2P;

/// <summary>
/// Who a node is: its key of the curve P-256. A node's id is the hash of its public key, so whoever has the key is the
/// node, and nobody else can be. Two nodes with one key are one node to their peers.
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

    /// <summary>The key; null for an id without one.</summary>
    internal ECDsa? Key { get; }

    /// <summary>A new identity, which ends with the process.</summary>
    public static NodeIdentity Create() => Of(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>
    /// The identity that is kept in a file, as PKCS#8 in PEM. Where there is no file, a new identity is made and kept
    /// there, readable by nobody but the user of this process.
    /// </summary>
    /// <param name="path">The file. Its folder is made where there is none.</param>
    /// <param name="passphrase">What the file is encrypted with; null or empty: it is not encrypted.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    /// <exception cref="IdentityException">
    /// The file cannot be read or written, is readable by other users, is no key of the curve P-256, or has another
    /// passphrase; the message says which.
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
