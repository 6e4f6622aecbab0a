namespace ActorP2P.Protocol;

/// <content>What both sides say anew of themselves after their hellos.</content>
internal sealed partial class PeerSession
{
    /// <summary>
    /// Says the current values of what may change after the hello. The latest values reach the peer once the session is
    /// ready; values that it knows already are not sent.
    /// </summary>
    /// <param name="state">The application's state, at most <see cref="HelloCodec.MaxState"/> bytes.</param>
    /// <param name="wantedBroadcasts">The broadcasts that this node wants.</param>
    public void Say(ReadOnlyMemory<byte> state, BroadcastTypes wantedBroadcasts) =>
        _updates.Say(state, wantedBroadcasts);

    private void OnUpdate(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        if (_updates.OnReceived(now) is { } fault)
        {
            Fail(now, fault);
        }
        else if (!Update.TryRead(payload, out Update? update))
        {
            Fail(now, DisconnectReason.MalformedFrame, "the update does not parse, or a field is out of bounds");
        }
        else
        {
            Hello before = RemoteHello!;
            RemoteHello = before with
            {
                State = update.State ?? before.State,
                WantedBroadcasts = update.WantedBroadcasts ?? before.WantedBroadcasts,
            };
            _missed.Want(RemoteHello.WantedBroadcasts);
            _effects.Add(new SessionEvent.Updated(
                HasNewState: !RemoteHello.State.Span.SequenceEqual(before.State.Span)));
        }
    }

    /// <summary>What this node has to say of itself and of broadcasts that the peer has missed.</summary>
    private bool TryGetNews(TimeSpan now, out OutboundFrame frame)
    {
        if (!_updates.TryGetFrame(now, _keepAlive.HeardAt, out frame))
        {
            return _missed.Count > 0 && _missed.TryGetFrame(now, _outbound.Lanes, out frame);
        }

        if (_updates.WantsPing && !_keepAlive.IsAwaitingPong)
        {
            _control.Add(FrameKind.Ping, _keepAlive.BeginPing(now), []);
        }

        return true;
    }
}
