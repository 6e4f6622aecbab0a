namespace ActorP2P.Protocol;

/// <summary>A node of the distributed hash table, by the record that it has signed.</summary>
/// <param name="record">The record.</param>
internal sealed class DhtContact(NodeRecord record)
{
    /// <summary>The record.</summary>
    public NodeRecord Record => record;

    /// <summary>The node.</summary>
    public NodeId Id => record.Id;

    /// <summary>The node's key.</summary>
    public DhtKey Key { get; } = DhtKey.Of(record.Id);

    /// <summary>The groups of the node's addresses (<see cref="DhtGroups"/>).</summary>
    public IReadOnlyList<string> Groups { get; } = DhtGroups.Of(record.Addresses);

    /// <summary>Whether an address of the record has this host.</summary>
    public bool IsAt(string host) => record.Addresses.Any(address => address.Host == host);

    /// <summary>The id in short form.</summary>
    public override string ToString() => Id.ToShortString();
}
