using System.Buffers.Binary;

namespace ActorP2P.Protocol;

/// <content>Ping and pong, credit, cancel and reset, and the goodbyes.</content>
internal sealed partial class PeerSession
{
    private TimeSpan _lastHeard;
    private TimeSpan _pingSent;
    private ulong? _pingNonce;
    private SplitMix64 _nonces;
    private bool _localGoodbye;
    private bool _remoteGoodbye;
    private bool _ackReceived;
    private bool _ackSent;
    private bool _shutdownAsked;

    /// <summary>What the peer lets this node send.</summary>
    internal CreditBook SendingCredit => _credit;

    /// <summary>The last measured round trip: of the handshake, then of each ping and its pong.</summary>
    public TimeSpan? RoundTrip { get; private set; }

    private void KeepAlive(TimeSpan now)
    {
        if (_pingNonce is not null)
        {
            Fail(now, DisconnectReason.PingTimeout, $"no pong for {_settings.PongTimeout}");
            return;
        }

        TrimSpares();
        _windows.Shrink(now);
        _pingNonce = _nonces.Next();
        _pingSent = now;
        QueueControl(FrameKind.Ping, _pingNonce.Value, []);
    }

    private void TakePing(TimeSpan now, ulong nonce)
    {
        // One side's pings keep the other from sending any, so either is the moment to look.
        _windows.Shrink(now);
        if (_queuedPongs < _settings.MaxQueuedPongs)
        {
            _queuedPongs++;
            QueueControl(FrameKind.Pong, nonce, []);
        }
    }

    private void TakePong(TimeSpan now, ulong nonce)
    {
        // A pong that answers nothing is harmless, and must not be taken for a sign of life: only the right nonce is.
        if (nonce == _pingNonce)
        {
            _pingNonce = null;
            RoundTrip = now - _pingSent;
        }
    }

    private void TakeCredit(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        for (; !payload.IsEmpty; payload = payload[FrameRules.CreditEntry..])
        {
            ulong limit = BinaryPrimitives.ReadUInt64BigEndian(payload[1..]);
            if (payload[0] >= CreditBook.Classes || limit > long.MaxValue)
            {
                Fail(now, DisconnectReason.MalformedFrame, $"credit of class {payload[0]}, limit {limit}");
                return;
            }

            _credit.Raise((CreditClass)payload[0], (long)limit);
        }
    }

    private void TakeCancel(ulong id)
    {
        _reassembly.Forget(FrameKind.Request, id);
        if (_openInbound.Remove(id))
        {
            _effects.Enqueue(new SessionEffect
            {
                Kind = SessionEffectKind.Cancelled,
                Header = new FrameHeader(0, FrameKind.Cancel, FrameFlags.None, 0, id),
            });
        }
        else
        {
            DropAnswer(id);
        }
    }

    private void TakeReset(TimeSpan now, ulong id, ReadOnlySpan<byte> payload)
    {
        FrameKind kind = (FrameKind)payload[0];
        ushort reason = BinaryPrimitives.ReadUInt16BigEndian(payload[1..]);
        if (!FrameRules.CarriesMessage(kind))
        {
            Fail(now, DisconnectReason.MalformedFrame, $"reset of a {kind}");
            return;
        }

        if (reason == (ushort)ResetReason.Stopped)
        {
            _reassembly.Forget(kind, id);
            return;
        }

        if (reason is (ushort)ResetReason.Hold or (ushort)ResetReason.Resume)
        {
            if (_lanes.FindBegun(kind, id) is { } message)
            {
                message.IsHeld = reason == (ushort)ResetReason.Hold;
            }

            return;
        }

        StopOutbound(kind, id);
        if (kind == FrameKind.Request && !_openOutbound.Remove(id))
        {
            return;
        }

        _effects.Enqueue(new SessionEffect
        {
            Kind = SessionEffectKind.Refused,
            Header = new FrameHeader(0, kind, FrameFlags.None, reason, id),
        });
    }

    private void TakeGoodbye(TimeSpan now, ReadOnlySpan<byte> payload)
    {
        if (!CodedText.TryRead(payload, out ushort code, out string? detail))
        {
            Fail(now, DisconnectReason.MalformedFrame, "the goodbye's text is not UTF-8");
            return;
        }

        DisconnectReason reason = (DisconnectReason)code;
        bool known = code is > 0 and < 0x100 && Enum.IsDefined(reason);
        Disconnect said = new(known ? reason : DisconnectReason.OtherReason, DisconnectSide.Remote,
            known ? detail : $"code {code:x4}: {detail}");

        if (State == SessionState.AwaitingHelloAck || !said.IsOrderly)
        {
            TakeRefusal(now, said);
        }
        else if (_remoteGoodbye)
        {
            Fail(now, DisconnectReason.UnexpectedFrame, "a second goodbye");
        }
        else
        {
            _remoteGoodbye = true;
            _end ??= said;
            BeginDrain(now);
        }
    }

    /// <summary>The peer ends the session for a fault: it reads nothing more, so there is nothing to drain. It may have said an
    /// orderly goodbye before, and so may we; the fault came later and is what ended it.</summary>
    private void TakeRefusal(TimeSpan now, Disconnect said)
    {
        _end = said;
        State = SessionState.Refusing;
        _closeDeadline = now + _settings.RefusalTimeout;
        ReleaseAll();
        Ask(SessionEffectKind.Draining);
        AskShutdown();
    }

    // What only this node can see has no code on the wire; its text may say it.
    private void QueueGoodbye(DisconnectReason reason, string detail) => QueueControl(
        FrameKind.Goodbye,
        0,
        CodedText.Encode((ushort)(reason < DisconnectReason.ConnectionLost ? reason : DisconnectReason.OtherReason), detail));

    private void BeginDrain(TimeSpan now)
    {
        if (State != SessionState.Draining)
        {
            State = SessionState.Draining;
            _closeDeadline = now + _settings.DrainTimeout;
            _pingNonce = null;
            Ask(SessionEffectKind.Draining);
        }
    }

    /// <summary>Once nothing is queued and nothing is being handled: acknowledges the peer's goodbye, and ends the stream
    /// when our own has been acknowledged and our last request, which may have followed the goodbye, been answered.</summary>
    private void AdvanceDrain()
    {
        if (State != SessionState.Draining || !_lanes.IsEmpty || _openInbound.Count > 0)
        {
            return;
        }

        if (_remoteGoodbye && !_ackSent)
        {
            _ackSent = true;
            QueueControl(FrameKind.GoodbyeAck, 0, []);
        }

        if (_localGoodbye && _ackReceived && _openOutbound.Count == 0)
        {
            AskShutdown();
        }
    }

    private void AskShutdown()
    {
        if (!_shutdownAsked)
        {
            _shutdownAsked = true;
            Ask(SessionEffectKind.Shutdown);
        }
    }
}
