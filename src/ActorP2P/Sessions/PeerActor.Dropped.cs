using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Broadcasts that the peer was not sent, and those that it could not send.</content>
internal sealed partial class PeerActor
{
    // Of this turn. Most peers never drop one.
    private List<KeptBroadcast>? _dropped;

    private void SendBroadcasts(PeerMessages.SendBroadcasts broadcasts)
    {
        if (!broadcasts.IsAgain)
        {
            SendAll(FrameKind.Broadcast, broadcasts.Messages);
            return;
        }

        foreach (OutboxEntry entry in broadcasts.Messages)
        {
            _session.SendAgain(_now, entry.Message.Type, entry.Lane, entry.Message.Body, entry.Message.Buffer);
        }
    }

    private void TellDropped()
    {
        if (_dropped is { } dropped)
        {
            _dropped = null;
            _broadcaster.Tell(new GossipMessages.Dropped(_link.Number, [.. dropped]));
        }
    }
}
