using System.Collections;
using System.Collections.Immutable;

namespace ActorP2P;

/// <summary>
/// The peers that could be sent to at one moment. It builds its array on first use. Most lists are
/// replaced before that, and with many peers an array for each change would cost more than the change.
/// </summary>
/// <param name="peers">The peers by connection number.</param>
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
