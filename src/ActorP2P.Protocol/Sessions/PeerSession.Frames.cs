using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <content>Handles the frames of the peer.</content>
internal sealed partial class PeerSession
{
    /// <summary>Handles a frame of the peer.</summary>
    public void HandleFrame(TimeSpan now, in Frame frame)
    {
        if (State >= SessionState.Drained)
        {
            return;
        }

        FrameHeader header = frame.Header;
        if (FrameRules.FaultOf(header) is { } fault)
        {
            Fail(now, IsStranger(header) ? DisconnectReason.NotThisProtocol : fault,
                $"kind {(byte)header.Kind:x2}, flags {(byte)header.Flags:x2}, length {header.Length}: {fault}");
            return;
        }

        _keepAlive.OnHeard(now);
        if (State < SessionState.Ready)
        {
            HandleInHandshake(now, frame);
        }
        else
        {
            HandleInSession(now, frame);
        }

        // A drain may have waited for any frame: an answer, an acknowledgement, or a reset of the last queued message.
        Settle(now);
    }

    /// <summary>
    /// Handles the header of a frame that is too long. The session ends without waiting for the payload.
    /// </summary>
    public void HandleOversizedFrame(TimeSpan now, in FrameHeader header) => Fail(
        now,
        // No node begins with such a frame, but the fifth byte of a TLS client may look like a hello's kind.
        State is SessionState.AwaitingHello or SessionState.AwaitingHelloAck
            ? DisconnectReason.NotThisProtocol
            : DisconnectReason.FrameTooLong,
        $"a frame of {header.Length} bytes; allowed: at most {SessionSettings.MaxFragment}");

    /// <summary>Admits responses that waited for room and have it now.</summary>
    public void OnReplyRoom(TimeSpan now)
    {
        _inbound.OnReplyRoom(now);
        Settle(now);
    }

    /// <summary>Finishes a delivered message: the peer may use its credit and its room again.</summary>
    public void Finish(TimeSpan now, in InboundCharge charge)
    {
        if (State < SessionState.Refusing)
        {
            _inbound.Finish(now, charge);
        }
    }

    /// <summary>
    /// Refuses a broadcast that is still arriving: tells the peer to stop, and drops the fragments that have arrived.
    /// </summary>
    /// <returns>Whether it was still arriving.</returns>
    public bool RefuseBroadcast(ulong id, ResetReason reason)
    {
        bool isArriving = _inbound.Reassembly.Discard(FrameKind.Broadcast, id);
        if (isArriving)
        {
            _control.AddReset(FrameKind.Broadcast, id, reason);
            Settle(_keepAlive.HeardAt);
        }

        return isArriving;
    }

    /// <summary>Asks the peer for broadcasts that it has announced.</summary>
    public void AskFor(ReadOnlySpan<BroadcastId> ids)
    {
        while (State == SessionState.Ready && !ids.IsEmpty)
        {
            ReadOnlySpan<BroadcastId> next = ids[..Math.Min(ids.Length, FrameRules.MaxGossipIds)];
            ids = ids[next.Length..];
            byte[] payload = new byte[1 + (next.Length * BroadcastId.Size)];
            payload[0] = (byte)GossipOperation.Wanted;
            for (int i = 0; i < next.Length; i++)
            {
                next[i].Write(payload.AsSpan(1 + (i * BroadcastId.Size)));
            }

            _control.Add(FrameKind.GossipControl, 0, payload);
            Settle(_keepAlive.HeardAt);
        }
    }

    // A peer whose first frame is not its hello does not speak this protocol.
    private bool IsStranger(in FrameHeader header) =>
        (State == SessionState.AwaitingHello && header.Kind != FrameKind.Hello)
        || (State == SessionState.AwaitingHelloAck && header.Kind is not (FrameKind.HelloAck or FrameKind.Goodbye));

    private void HandleInHandshake(TimeSpan now, in Frame frame)
    {
        FrameKind kind = frame.Header.Kind;
        switch (State)
        {
            case SessionState.AwaitingHello when kind == FrameKind.Hello:
            case SessionState.AwaitingHelloAck when kind == FrameKind.HelloAck:
                OnHello(now, frame.Payload.Span);
                break;
            case SessionState.AwaitingHelloAck when kind == FrameKind.Goodbye:
                OnGoodbye(now, frame.Payload.Span);
                break;
            case SessionState.AwaitingReady when kind == FrameKind.Ready:
                BecomeReady(now);
                break;
            case SessionState.AwaitingReady when kind is not (FrameKind.Hello or FrameKind.HelloAck):
                HandleInSession(now, frame);
                break;
            default:
                Fail(now, DisconnectReason.UnexpectedFrame, $"{kind} in state {State}");
                break;
        }
    }

    private void HandleInSession(TimeSpan now, in Frame frame)
    {
        FrameHeader header = frame.Header;
        if (_allowance.OnFrame(now, header.Kind) is { } flood)
        {
            Fail(now, flood);
            return;
        }

        switch (header.Kind)
        {
            case FrameKind.Request or FrameKind.Response or FrameKind.Notify or FrameKind.Broadcast or FrameKind.Error:
                Fail(now, _inbound.OnFrame(now, frame));
                break;
            case FrameKind.Ping:
                // If one side sends pings, the other need not, so windows are examined at pings received as well as at
                // pings sent.
                _grants.Shrink(now);
                _streams.Shrink(now);
                _control.AddPong(header.Id);
                break;
            case FrameKind.Pong when _keepAlive.OnPong(now, header.Id):
                _effects.Add(SessionEvent.Answered.Instance);
                break;
            case FrameKind.Pong:
                break;
            case FrameKind.Credit:
                Fail(now, _outbound.OnCredit(frame.Payload.Span));
                break;
            case FrameKind.StreamOpen or FrameKind.StreamData or FrameKind.StreamEnd or FrameKind.StreamReset
                or FrameKind.StreamCredit:
                Fail(now, _streams.OnFrame(now, frame, isDraining: State == SessionState.Draining));
                break;
            case FrameKind.Cancel:
                OnCancel(header.Id);
                break;
            case FrameKind.Reset:
                OnReset(now, header.Id, frame.Payload.Span);
                break;
            case FrameKind.GossipControl:
                OnGossip(now, frame.Payload.Span);
                break;
            case FrameKind.Update when _handshake is null:
                OnUpdate(now, frame.Payload.Span);
                break;
            case FrameKind.Goodbye:
                OnGoodbye(now, frame.Payload.Span);
                break;
            case FrameKind.GoodbyeAck when _goodbye.TryReceiveAck():
                break;
            case FrameKind.Ready when State == SessionState.Draining && _handshake is not null:
                // It crossed this node's goodbye on the wire.
                _handshake = null;
                break;
            default:
                Fail(now, DisconnectReason.UnexpectedFrame, $"{header.Kind} in state {State}");
                break;
        }
    }

    private void OnHello(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        if (_handshake!.Check(payload, ProvenId, Access, out Hello? hello) is { } fault)
        {
            Fail(now, fault);
            return;
        }

        RemoteHello = hello;
        _handshake.OnHello(now);
        if (AsksHost)
        {
            State = SessionState.AwaitingAdmission;
            _effects.Add(SessionEvent.AdmissionAsked.Instance);
        }
        else
        {
            Answer(now);
        }
    }

    /// <summary>The peer's hello is accepted: answers it.</summary>
    private void Answer(TimeSpan now)
    {
        _outbound.OnHello(RemoteHello!);
        _missed.Want(RemoteHello!.WantedBroadcasts);
        _streams.OnHello(RemoteHello!);
        if (Role == SessionRole.Responder)
        {
            _control.Add(FrameKind.HelloAck, 0, _handshake!.SendHello(now, RemoteHello));
            State = SessionState.AwaitingReady;
        }
        else
        {
            _control.Add(FrameKind.Ready, 0, []);
            BecomeReady(now);
        }
    }

    private void OnCancel(ulong id)
    {
        _inbound.Reassembly.Forget(FrameKind.Request, id);
        if (_requests.RemoveOfPeer(id))
        {
            _effects.Add(new SessionEvent.RequestCancelled(id));
        }
        else
        {
            _outbound.StopAnswer(id);
        }
    }

    private void OnReset(TimeSpan now, ulong id, ReadOnlySpan<byte> payload)
    {
        FrameKind kind = (FrameKind)payload[0];
        ResetReason reason = (ResetReason)BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        if (!FrameRules.CarriesMessage(kind))
        {
            Fail(now, DisconnectReason.MalformedFrame, $"reset of a {kind}");
            return;
        }

        switch (reason)
        {
            case ResetReason.Stopped:
                _inbound.Reassembly.Forget(kind, id);
                return;
            case ResetReason.Hold or ResetReason.Resume:
                _outbound.Hold(kind, id, isHeld: reason == ResetReason.Hold);
                return;
            case ResetReason.NoRoom when kind == FrameKind.Broadcast && State == SessionState.Ready:
                _outbound.OnBroadcastRefused(now, id);
                break;
        }

        _outbound.StopBegun(kind, id);
        if (kind != FrameKind.Request || _requests.RemoveOwn(id))
        {
            _effects.Add(new SessionEvent.MessageRefused(kind, id, reason));
        }
    }

    private void OnGossip(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        BroadcastId[] ids = BroadcastId.ReadAll(payload[1..]);
        switch ((GossipOperation)payload[0])
        {
            case GossipOperation.Dropped:
                _effects.Add(new SessionEvent.BroadcastsAnnounced(ids));
                break;
            case GossipOperation.Wanted:
                Fail(now, _missed.OnWanted(ids));
                break;
            default:
                Fail(now, DisconnectReason.MalformedFrame, $"gossip operation {payload[0]}");
                break;
        }
    }

    private void OnGoodbye(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        if (!CodedText.TryRead(payload, out ushort code, out string? detail))
        {
            Fail(now, DisconnectReason.MalformedFrame, "the goodbye's text is not UTF-8");
            return;
        }

        DisconnectReason reason = (DisconnectReason)code;
        bool isKnown = code is > 0 and < 0x100 && Enum.IsDefined(reason);
        Disconnect received = new(isKnown ? reason : DisconnectReason.OtherReason, DisconnectSide.Remote,
            isKnown ? detail : $"code {code:x4}: {detail}");

        if (State == SessionState.AwaitingHelloAck || !received.IsOrderly)
        {
            // The peer reads nothing more, so there is nothing to drain. When a fault follows an
            // orderly goodbye of either side, the fault is the reason why the session ended.
            _effects.Add(SessionEvent.Draining.Instance);
            Refuse(now, received);
        }
        else if (_goodbye.TryReceive())
        {
            _end ??= received;
            BeginDrain(now);
        }
        else
        {
            Fail(now, DisconnectReason.UnexpectedFrame, "a second goodbye");
        }
    }

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
}
