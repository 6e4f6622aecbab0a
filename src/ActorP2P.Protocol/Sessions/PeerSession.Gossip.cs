namespace ActorP2P.Protocol;

/// <content>Broadcasts that could not be sent: their ids are announced once there is room, and the peer asks for what it lacks.</content>
internal sealed partial class PeerSession
{
    // What is dropped because memory is short is not announced at once: to be asked for it now would not help.
    private static readonly TimeSpan ShortagePause = TimeSpan.FromSeconds(1);

    private MissedBroadcasts? _missed;
    private long _announcedIds;
    private long _wantedIds;

    /// <summary>Broadcasts dropped because the peer takes them more slowly than they come, or the node's memory is short.</summary>
    public long DroppedBroadcasts { get; private set; }

    /// <summary>Dropped broadcasts of which the peer was told; one that is dropped again is told again.</summary>
    public long AnnouncedBroadcasts => _announcedIds;

    /// <summary>Dropped broadcasts that the peer asked for, and that were queued then.</summary>
    public long ResentBroadcasts { get; private set; }

    /// <summary>Queues a broadcast that the peer has asked for. Unlike a new one it pushes no other out: without room its id is
    /// announced once more. Its buffer is released in every case.</summary>
    public SendResult SendAgain(ushort type, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        if (State == SessionState.Ready && (_memory.IsShort || _lanes.BytesUpTo(lane) >= _settings.MaxQueued))
        {
            Miss(type, lane, body, owner);
            owner?.Release();
            return SendResult.QueueFull;
        }

        SendResult result = Send(FrameKind.Broadcast, type, 0, lane, body, owner);
        ResentBroadcasts += result == SendResult.Accepted ? 1 : 0;
        return result;
    }

    /// <summary>Asks the peer for broadcasts that it has announced as dropped.</summary>
    public void AskFor(ReadOnlySpan<BroadcastId> ids)
    {
        for (; State == SessionState.Ready && !ids.IsEmpty; ids = ids[Math.Min(ids.Length, FrameRules.MaxGossipIds)..])
        {
            ReadOnlySpan<BroadcastId> next = ids[..Math.Min(ids.Length, FrameRules.MaxGossipIds)];
            byte[] payload = new byte[1 + (next.Length * BroadcastId.Size)];
            payload[0] = (byte)GossipOperation.Wanted;
            for (int i = 0; i < next.Length; i++)
            {
                next[i].Write(payload.AsSpan(1 + (i * BroadcastId.Size)));
            }

            QueueControl(FrameKind.GossipControl, 0, payload);
        }
    }

    private void Drop(OutboundMessage message)
    {
        DroppedBroadcasts++;
        Miss(message.Type, message.Lane, message.Body, message.Owner);
    }

    /// <summary>Remembers that the peer was not sent a broadcast, and hands it to the shell, which keeps it.</summary>
    private void Miss(ushort type, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        _missed ??= new MissedBroadcasts();
        _missed.Add(_sendingAt, BroadcastId.Read(body.Span), lane);
        if (_memory.IsShort)
        {
            _missed.NotBefore ??= _sendingAt + ShortagePause;
        }

        owner?.Retain();
        _effects.Enqueue(new SessionEffect
        {
            Kind = SessionEffectKind.BroadcastDropped,
            Header = new FrameHeader(0, FrameKind.Broadcast, (FrameFlags)lane, type, 0),
            Body = body,
            Owner = owner,
        });
    }

    /// <summary>Whether a dropped broadcast could be sent now, so that it is worth telling of it.</summary>
    private bool MayAnnounce() => _missed is { NotBefore: null } missed && State == SessionState.Ready
        && missed.TryPeek(_sendingAt, out Lane? lane) && _lanes.BytesUpTo(lane.Value) <= _settings.MaxQueued / 2;

    private OutboundFrame AnnouncementFrame()
    {
        byte[] payload = new byte[1 + (FrameRules.MaxGossipIds * BroadcastId.Size)];
        payload[0] = (byte)GossipOperation.Dropped;
        int size = 1;
        while (size < payload.Length && MayAnnounce())
        {
            _missed!.Take().Write(payload.AsSpan(size));
            size += BroadcastId.Size;
            _announcedIds++;
        }

        _missed = _missed!.Count == 0 ? null : _missed;
        return new OutboundFrame(new FrameHeader((uint)size, FrameKind.GossipControl, FrameFlags.None, 0, 0), payload.AsMemory(0, size), default, null);
    }

    /// <summary>Time to look again whether there is memory for what was dropped for want of it.</summary>
    private void EndPause(TimeSpan now) => _missed!.NotBefore = _memory.IsShort ? now + ShortagePause : null;

    private void TakeGossip(TimeSpan now, ReadOnlyMemory<byte> payload)
    {
        ReadOnlyMemory<byte> ids = payload[1..];
        switch ((GossipOperation)payload.Span[0])
        {
            case GossipOperation.Dropped:
                _effects.Enqueue(new SessionEffect { Kind = SessionEffectKind.BroadcastsAnnounced, Body = ids });
                break;
            case GossipOperation.Wanted:
                // Whoever asks once for what it is told of never asks for more.
                _wantedIds += ids.Length / BroadcastId.Size;
                if (_wantedIds > _announcedIds)
                {
                    Fail(now, DisconnectReason.BroadcastNotOffered, $"{_wantedIds} broadcasts asked for, {_announcedIds} announced");
                    return;
                }

                _effects.Enqueue(new SessionEffect { Kind = SessionEffectKind.BroadcastsWanted, Body = ids });
                break;
            default:
                Fail(now, DisconnectReason.MalformedFrame, $"gossip operation {payload.Span[0]}");
                break;
        }
    }
}
