using System.Globalization;

namespace ActorP2P.Protocol;

/// <summary>
/// Passes fresh records on, each to two peers. Which two depends on a secret and the day, so that whoever tells a
/// record again does not spread it further. Bitcoin Core's rule.
/// </summary>
/// <param name="hash">The secret.</param>
internal sealed class RelayQueue(BookHash hash)
{
    /// <summary>The most records that are told at a time without having been asked for. Bitcoin Core's value.</summary>
    public const int MostAtATime = 10;

    private const int Receivers = 2;

    private readonly SortedDictionary<long, List<byte[]>> _waiting = [];

    /// <summary>A peer that wants records. Its number tells it from others.</summary>
    public void Add(long peer) => _waiting.TryAdd(peer, []);

    /// <summary>A peer is gone.</summary>
    public void Remove(long peer) => _waiting.Remove(peer);

    /// <summary>Gives a record to two of the peers. A peer for which too many wait already is told fewer.</summary>
    /// <param name="record">The record.</param>
    /// <param name="from">The peer that has told it; 0: none.</param>
    /// <param name="now">The time since 1970.</param>
    public void Relay(BookRecord record, long from, TimeSpan now)
    {
        string node = record.Id.ToString();
        foreach (long peer in _waiting.Keys.Where(peer => peer != from).OrderBy(
            peer => hash.Of((byte)'r', node, peer.ToString(CultureInfo.InvariantCulture), (ulong)now.Days))
            .Take(Receivers).ToArray())
        {
            if (_waiting[peer].Count < MostAtATime)
            {
                _waiting[peer].Add(record.Bytes);
            }
        }
    }

    /// <summary>Takes what waits, by peer.</summary>
    public List<KeyValuePair<long, List<byte[]>>> TakeAll()
    {
        List<KeyValuePair<long, List<byte[]>>> taken = [.. _waiting.Where(static peer => peer.Value.Count > 0)];
        foreach ((long peer, _) in taken)
        {
            _waiting[peer] = [];
        }

        return taken;
    }
}
