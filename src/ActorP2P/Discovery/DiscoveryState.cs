using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What outlives the DiscoveryActor's restarts, and with a store also those of the node: the book and the anchors. Only
/// the actor uses it.
/// </summary>
internal sealed class DiscoveryState
{
    private readonly NodeContext _node;
    private IReadOnlyList<PeerAddress> _anchors = [];
    private int _savedParts;

    private DiscoveryState(NodeContext node, AddressBook book)
    {
        _node = node;
        Book = book;
        Intake = new RecordIntake(book, node.Settings.NetworkId, node.Id, node.Settings.Discovery.PrivateAddresses,
            node.Signer, node.Discovery!.Refused);
        Answers = new AnswerCache(book, node.Settings.Discovery.Role == NodeRole.Discovery
            ? AnswerCache.ShortSlice : AnswerCache.UsualSlice);
    }

    public AddressBook Book { get; }

    public RecordIntake Intake { get; }

    public AnswerCache Answers { get; }

    /// <summary>The peers to dial first.</summary>
    public IReadOnlyList<PeerAddress> Anchors => _anchors;

    /// <summary>How often the actor was restarted.</summary>
    public int Restarts { get; set; }

    /// <summary>The time since 1970, by the node's clock.</summary>
    public TimeSpan Today => _node.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch;

    /// <summary>Makes the state of a node that starts: what its store has, or an empty book.</summary>
    public static DiscoveryState Load(NodeContext node)
    {
        ulong seed = node.Random.SeedFor(NodeRandom.Purpose.Discovery);
        IReadOnlyList<PeerStoreEntry> parts = node.Stored[StoreTables.Addresses];
        TimeSpan today = node.TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch;
        if (parts.Count > 0)
        {
            byte[] saved = [.. parts.SelectMany(static part => part.Value.ToArray())];
            BookFault fault = BookSnapshot.Read(
                saved, seed, today, out AddressBook? book, out IReadOnlyList<PeerAddress> anchors);
            if (book is not null)
            {
                return new DiscoveryState(node, book) { _anchors = anchors, _savedParts = parts.Count };
            }

            Log.BookNotRead(node.Logger, fault);
        }

        return new DiscoveryState(node, new AddressBook(NewSecret(node), seed)) { _savedParts = parts.Count };
    }

    /// <summary>Writes the book to the node's store, if there is one.</summary>
    /// <param name="anchors">The peers to dial first after a restart.</param>
    public void Save(IReadOnlyList<PeerAddress> anchors)
    {
        _anchors = anchors;
        if (_node.Store is not { } store)
        {
            return;
        }

        byte[][] parts = [.. BookSnapshot.Write(Book, anchors).Chunk(PeerStoreLimits.MaxValue)];
        List<PeerStoreChange> changes = [.. parts.Select(
            static (part, index) => PeerStoreChange.Set(StoreTables.Addresses, KeyOf(index), part))];
        for (int old = parts.Length; old < _savedParts; old++)
        {
            changes.Add(PeerStoreChange.Remove(StoreTables.Addresses, KeyOf(old)));
        }

        _savedParts = parts.Length;
        store.Post(changes);
    }

    // The store gives entries in the ordinal order of their keys.
    private static string KeyOf(int part) => $"book-{part:d4}";

    // In a simulation, where runs must be the same, the secret comes from the seed.
    private static byte[] NewSecret(NodeContext node)
    {
        byte[] secret = new byte[BookHash.SecretSize];
        if (node.TimeProvider == TimeProvider.System)
        {
            RandomNumberGenerator.Fill(secret);
        }
        else
        {
            node.Random.For(NodeRandom.Purpose.Discovery, node.Id).NextBytes(secret);
        }

        return secret;
    }
}
