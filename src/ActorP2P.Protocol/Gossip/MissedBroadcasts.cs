using System.Runtime.InteropServices;

namespace ActorP2P.Protocol;

/// <summary>
/// The broadcasts meant for one peer that were not sent to it. The shell keeps each broadcast. Its
/// id is announced when there is room again, and the peer asks for the broadcasts that it lacks.
/// </summary>
/// <remarks>
/// Ids are announced in the order in which their broadcasts were dropped. When there are too many, the oldest are
/// forgotten, because other peers have most likely sent them by now.
/// </remarks>
internal sealed class MissedBroadcasts(
    SessionSettings settings, MemoryBudget memory, EffectQueue effects, SessionCounters counters)
{
    /// <summary>
    /// Ids remembered. A peer that misses more of them in half a minute does not keep up with the mesh.
    /// </summary>
    public const int Capacity = 1024;

    /// <summary>The bytes charged for an id: 16 bytes, its type, its lane and its time.</summary>
    public const int EntryBytes = 32;

    // An announcement invites a request at once. It must wait while this node's memory or the peer's room is short.
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    // Both are created when first needed: most sessions drop no broadcast and send none in fragments.
    private Queue<Entry>? _entries;
    private SentBroadcasts? _sent;
    private TimeSpan? _pausedUntil;
    private BroadcastTypes _types = BroadcastTypes.All;
    private long _wanted;

    /// <summary>When <see cref="OnTimer"/> is due; null when never.</summary>
    public TimeSpan? Deadline => WaitTime.Earliest(_pausedUntil, _sent?.Deadline);

    /// <summary>Ids that wait to be announced.</summary>
    public int Count => _entries?.Count ?? 0;

    /// <summary>Bytes held here that are charged nowhere else.</summary>
    public long OwnBytes => ((long)Count * EntryBytes) + (_sent?.OwnBytes ?? 0);

    /// <summary>The peer says which types it wants. Others that it has missed are forgotten.</summary>
    public void Want(BroadcastTypes types)
    {
        _types = types;
        if (_entries is not null && !types.IsAll)
        {
            _entries = new Queue<Entry>(_entries.Where(entry => types.Includes(entry.Type)));
            _entries = Count == 0 ? null : _entries;
        }
    }

    /// <summary>
    /// Records a broadcast that is not sent, if the peer wants its type. The shell gets a hold of its own on the
    /// buffer.
    /// </summary>
    public void Add(TimeSpan now, OutboundMessage message)
    {
        if (!_types.Includes(message.Type))
        {
            return;
        }

        _entries ??= new Queue<Entry>();
        if (_entries.Count == Capacity)
        {
            _entries.Dequeue();
        }

        _entries.Enqueue(new Entry(BroadcastId.Read(message.Body.Span), message.Type, message.Lane, now));
        if (memory.IsShort)
        {
            _pausedUntil ??= now + s_pause;
        }

        effects.Add(new SessionEvent.BroadcastDropped(Keep(message)));
    }

    /// <summary>A broadcast in fragments has been sent in full; the peer may still refuse it.</summary>
    public void OnSent(TimeSpan now, OutboundMessage message)
    {
        if (!memory.IsTight)
        {
            (_sent ??= new SentBroadcasts(settings.MaxQueued)).Add(now, message);
        }
    }

    /// <summary>The peer has no room for a broadcast.</summary>
    /// <param name="now">The time.</param>
    /// <param name="id">The id of its frames.</param>
    /// <param name="message">The broadcast, if it is still being sent.</param>
    public void OnRefused(TimeSpan now, ulong id, OutboundMessage? message)
    {
        bool isSent = message is null && _sent is not null && _sent.TryTake(id, out message);
        if (message is null)
        {
            return;
        }

        counters.DroppedBroadcasts++;
        Add(now, message);
        _pausedUntil ??= now + s_pause;
        if (isSent)
        {
            message.Owner?.Release();
        }
    }

    /// <summary>The peer asks for broadcasts. An honest peer asks at most once for each announcement.</summary>
    public SessionFault? OnWanted(IReadOnlyList<BroadcastId> ids)
    {
        _wanted += ids.Count;
        if (_wanted > counters.AnnouncedBroadcasts)
        {
            return new SessionFault(
                DisconnectReason.BroadcastNotOffered,
                $"{_wanted} broadcasts asked for, {counters.AnnouncedBroadcasts} announced");
        }

        effects.Add(new SessionEvent.BroadcastsWanted(ids));
        return null;
    }

    public void OnTimer(TimeSpan now)
    {
        _sent?.Expire(now);
        if (_pausedUntil <= now)
        {
            _pausedUntil = memory.IsShort && Count > 0 ? now + s_pause : null;
        }
    }

    /// <summary>The frame that announces the broadcasts that could be sent now; false when there are none.</summary>
    public bool TryGetFrame(TimeSpan now, SendLanes lanes, out OutboundFrame frame)
    {
        if (!MayAnnounce(now, lanes))
        {
            frame = default;
            return false;
        }

        byte[] payload = new byte[1 + (FrameRules.MaxGossipIds * BroadcastId.Size)];
        payload[0] = (byte)GossipOperation.Dropped;
        int size = 1;
        while (size < payload.Length && MayAnnounce(now, lanes))
        {
            _entries!.Dequeue().Id.Write(payload.AsSpan(size));
            size += BroadcastId.Size;
            counters.AnnouncedBroadcasts++;
        }

        _entries = Count == 0 ? null : _entries;
        FrameHeader header = new((uint)size, FrameKind.GossipControl, FrameFlags.None, 0, 0);
        frame = new OutboundFrame(header, payload.AsMemory(0, size), default, null);
        return true;
    }

    public void Clear()
    {
        _entries = null;
        _sent?.Clear();
        _pausedUntil = null;
    }

    /// <summary>Whether the next id can still be asked for, and its broadcast could be sent.</summary>
    private bool MayAnnounce(TimeSpan now, SendLanes lanes)
    {
        while (_pausedUntil is null && _entries is not null && _entries.TryPeek(out Entry next))
        {
            if (now - next.At < DroppedBroadcasts.Lifetime)
            {
                return lanes.BytesUpTo(next.Lane) <= settings.MaxQueued / 2;
            }

            _entries.Dequeue();
        }

        return false;
    }

    // The buffer may hold other messages too. A body without a buffer is copied into one.
    private static KeptBroadcast Keep(OutboundMessage message)
    {
        BroadcastId id = BroadcastId.Read(message.Body.Span);
        if (message.Owner is { } owner)
        {
            MemoryMarshal.TryGetArray(message.Body, out ArraySegment<byte> body);
            return new KeptBroadcast(id, message.Type, message.Lane, owner.Retain(), body.Offset, body.Count);
        }

        SharedBuffer copy = SharedBuffer.Rent(message.Body.Length);
        message.Body.Span.CopyTo(copy.Array);
        return new KeptBroadcast(id, message.Type, message.Lane, copy, 0, message.Body.Length);
    }

    private readonly record struct Entry(BroadcastId Id, ushort Type, Lane Lane, TimeSpan At);
}
