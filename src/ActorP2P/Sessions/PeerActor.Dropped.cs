using System.Runtime.InteropServices;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Broadcasts that the peer was not sent, and those that it could not send.</content>
internal sealed partial class PeerActor
{
    // Of this turn. Most peers never drop one.
    private List<KeptBroadcast>? _dropped;

    private void SendBroadcasts(PeerMessages.SendBroadcasts broadcasts)
    {
        // What is dropped is remembered by the time of now, whenever something was last written.
        _session.SendAt(_now);
        if (!broadcasts.IsAgain)
        {
            SendAll(FrameKind.Broadcast, broadcasts.Messages);
            return;
        }

        foreach (OutboxEntry entry in broadcasts.Messages)
        {
            _session.SendAgain(entry.Message.Type, entry.Lane, entry.Message.Body, entry.Message.Buffer);
        }
    }

    /// <summary>Takes over the hold of a broadcast that has just been dropped.</summary>
    private void NoteDropped(in SessionEffect effect)
    {
        MemoryMarshal.TryGetArray(effect.Body, out ArraySegment<byte> body);
        (_dropped ??= []).Add(new KeptBroadcast(
            effect.ReadBroadcastHead().Id, effect.Header.Type, effect.Header.Lane, effect.Owner!, body.Offset, body.Count));
    }

    private void TellDropped()
    {
        if (_dropped is { } dropped)
        {
            _dropped = null;
            _broadcaster.Tell(new GossipMessages.Dropped(_link.Number, [.. dropped]));
        }
    }

    private static BroadcastId[] ReadIds(ReadOnlySpan<byte> ids)
    {
        BroadcastId[] read = new BroadcastId[ids.Length / BroadcastId.Size];
        for (int i = 0; i < read.Length; i++)
        {
            read[i] = BroadcastId.Read(ids[(i * BroadcastId.Size)..]);
        }

        return read;
    }
}
