namespace ActorP2P;

/// <summary>
/// The broadcasts that a turn of the Broadcaster has finished with. Each run of broadcasts of one peer is one message
/// to that peer's actor.
/// </summary>
internal sealed class FinishedBroadcasts
{
    private readonly List<DoneBroadcast> _done = [];
    private IActorRef? _peer;

    /// <summary>Releases a broadcast's buffer, and notes it for its peer.</summary>
    public void Add(GossipMessages.Arrived arrived, BroadcastFault fault = BroadcastFault.None)
    {
        if (_peer is not null && !ReferenceEquals(_peer, arrived.From.Actor))
        {
            Tell();
        }

        _peer = arrived.From.Actor;
        _done.Add(new DoneBroadcast(arrived.Charge, fault));
        arrived.Message.Buffer.Release();
    }

    /// <summary>Tells the peer of the last run.</summary>
    public void Tell()
    {
        if (_peer is { } peer)
        {
            peer.Tell(new PeerMessages.BroadcastsDone([.. _done]), ActorRefs.NoSender);
            _done.Clear();
            _peer = null;
        }
    }
}
