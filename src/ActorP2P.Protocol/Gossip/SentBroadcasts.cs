using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>
/// Fragmented broadcasts that were sent in full a moment ago. The peer may still refuse one:
/// it decides when it receives the first fragment, and the rest may be on the wire by then.
/// </summary>
/// <param name="maxBytes">
/// Bytes held at most: what a send queue holds. A longer broadcast is seldom sent in full before the refusal comes.
/// </param>
internal sealed class SentBroadcasts(long maxBytes)
{
    // A round trip is far shorter. Most of these buffers are also being sent to other peers, so that they cost nothing
    // extra.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(5);

    private readonly Queue<Entry> _entries = new();
    private long _bytes;

    /// <summary>When the oldest one is to be forgotten; null when there is none.</summary>
    public TimeSpan? Deadline => _entries.TryPeek(out Entry oldest) ? oldest.At + s_lifetime : null;

    /// <summary>Bytes of buffers that are not charged by themselves.</summary>
    public long OwnBytes { get; private set; }

    /// <summary>Records a broadcast and takes a hold on its buffer.</summary>
    public void Add(TimeSpan now, OutboundMessage message)
    {
        if (message.Body.Length > maxBytes)
        {
            return;
        }

        while (_bytes + message.Body.Length > maxBytes)
        {
            RemoveOldest();
        }

        message.Owner?.Retain();
        bool isOwn = message.Owner is { IsCharged: false };
        _entries.Enqueue(new Entry(message.Id, message.Type, message.Lane, message.Body, message.Owner, isOwn, now));
        Count(message.Body.Length, isOwn, 1);
    }

    /// <summary>Takes out a broadcast by the id of its frames. The hold passes to the caller.</summary>
    public bool TryTake(ulong id, [NotNullWhen(true)] out OutboundMessage? message)
    {
        message = null;
        for (int left = _entries.Count; left > 0; left--)
        {
            Entry entry = _entries.Dequeue();
            if (entry.Id != id)
            {
                _entries.Enqueue(entry);
                continue;
            }

            Count(entry.Body.Length, entry.IsOwn, -1);
            message = new OutboundMessage(
                FrameKind.Broadcast, entry.Type, entry.Id, entry.Lane, entry.Body, entry.Owner);
        }

        return message is not null;
    }

    /// <summary>Forgets the broadcasts that are too old to be refused.</summary>
    public void Expire(TimeSpan now)
    {
        while (Deadline <= now)
        {
            RemoveOldest();
        }
    }

    public void Clear()
    {
        while (_entries.Count > 0)
        {
            RemoveOldest();
        }
    }

    private void RemoveOldest()
    {
        Entry oldest = _entries.Dequeue();
        Count(oldest.Body.Length, oldest.IsOwn, -1);
        oldest.Owner?.Release();
    }

    private void Count(int bytes, bool isOwn, int sign)
    {
        _bytes += sign * bytes;
        OwnBytes += isOwn ? sign * bytes : 0;
    }

    private readonly record struct Entry(
        ulong Id, ushort Type, Lane Lane, ReadOnlyMemory<byte> Body, SharedBuffer? Owner, bool IsOwn, TimeSpan At);
}
