using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// The broadcasts that one peer was to be sent and was not, and that it has not been told of. In the order in which they were
/// dropped; beyond the bound the oldest are forgotten, for they are the first that others have brought.
/// </summary>
internal sealed class MissedBroadcasts
{
    /// <summary>Ids remembered: a peer that misses more of them in half a minute does not keep up with the mesh.</summary>
    public const int Capacity = 1024;

    /// <summary>What an id costs here: 16 bytes, its lane and its time.</summary>
    public const int EntryBytes = 32;

    private readonly Queue<Entry> _entries = new();

    /// <summary>Ids that wait to be announced.</summary>
    public int Count => _entries.Count;

    /// <summary>Ids are not announced sooner; null when nothing but room is waited for.</summary>
    public TimeSpan? NotBefore { get; set; }

    public void Add(TimeSpan now, BroadcastId id, Lane lane)
    {
        if (_entries.Count == Capacity)
        {
            _entries.Dequeue();
        }

        _entries.Enqueue(new Entry(id, lane, now));
    }

    /// <summary>The lane of the id that is next, if it can still be asked for.</summary>
    public bool TryPeek(TimeSpan now, [NotNullWhen(true)] out Lane? lane)
    {
        while (_entries.TryPeek(out Entry entry))
        {
            if (now - entry.At < DroppedBroadcasts.Lifetime)
            {
                lane = entry.Lane;
                return true;
            }

            _entries.Dequeue();
        }

        lane = null;
        return false;
    }

    /// <summary>Takes the id that is next.</summary>
    public BroadcastId Take() => _entries.Dequeue().Id;

    private readonly record struct Entry(BroadcastId Id, Lane Lane, TimeSpan At);
}
