using System.Collections;
using System.Collections.Immutable;

namespace ActorP2P;

/// <summary>
/// The peers that can be sent to at one moment. It becomes a list when it is first looked at: most are replaced before
/// that, and with many peers a list for each change would cost more than the change.
/// </summary>
/// <param name="peers">The peers, by the number of their connection.</param>
internal sealed class PeerList(ImmutableSortedDictionary<long, Peer> peers) : IReadOnlyList<Peer>
{
    private Peer[]? _list;

    /// <inheritdoc/>
    public int Count => peers.Count;

    private Peer[] List => _list ??= [.. peers.Values];

    /// <inheritdoc/>
    public Peer this[int index] => List[index];

    /// <inheritdoc/>
    public IEnumerator<Peer> GetEnumerator() => ((IEnumerable<Peer>)List).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
