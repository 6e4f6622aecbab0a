namespace ActorP2P.Protocol;

/// <content>Messages of the peer: their beginnings and fragments, put together and handed to the shell as effects.</content>
internal sealed partial class PeerSession
{
    private void ReceiveBeginning(TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> body, InboundCharge charge)
    {
        ulong total = 0;
        bool first = (header.Flags & FrameFlags.First) != 0;
        if (first)
        {
            if (!Varint.TryRead(body.Span, out total, out int size))
            {
                Fail(now, DisconnectReason.MalformedFrame, "the first fragment does not begin with its total");
                return;
            }

            body = body[size..];
        }

        TimeSpan? expires = null;
        if ((header.Flags & FrameFlags.Tagged) != 0)
        {
            if (!TaggedHeaders.TryRead(body.Span, out int size, out uint? expiry))
            {
                Fail(now, DisconnectReason.MalformedHeaders, $"{header.Kind} {header.Id:x16}");
                return;
            }

            expires = expiry is { } milliseconds ? now + TimeSpan.FromMilliseconds(milliseconds) : null;

            body = body[size..];
        }

        if (header.Kind == FrameKind.Broadcast && !HeadIsValid(now, header, body.Span))
        {
            return;
        }

        if (!first)
        {
            Deliver(now, header, body, null, charge, expires);
            return;
        }

        bool wanted = header.Kind != FrameKind.Response || _openOutbound.Contains(header.Id);
        long credit = _granted.Limit(charge.Class) - _granted.Used(charge.Class);
        (DisconnectReason? fault, ResetReason? answer) = _reassembly.Begin(now, header, total, body.Span, wanted, credit);
        if (fault is not null)
        {
            Fail(now, fault.Value, $"{header.Kind} {header.Id:x16} of {total} bytes");
            return;
        }

        _reassembly.SetExpiry(header, expires);

        // From here on the bytes are charged to the reassembly budget, so their credit may be used again.
        FinishCredit(now, charge.Class, charge.Credit);
        if (answer is not null)
        {
            AnswerBeginning(header, answer.Value);
        }
        else if (header.Kind == FrameKind.Broadcast)
        {
            _effects.Enqueue(new SessionEffect
            {
                Kind = SessionEffectKind.BroadcastBegun,
                Header = header,
                Body = body,
            });
        }
    }

    private void AnswerBeginning(in FrameHeader header, ResetReason reason)
    {
        QueueReset(header.Kind, header.Id, reason);
        UnexpectedResponses += reason == ResetReason.Unwanted ? 1 : 0;
        RefusedForRoom += reason == ResetReason.NoRoom ? 1 : 0;
        if (header.Kind == FrameKind.Response && reason == ResetReason.NoRoom)
        {
            EndRequest(header, "this node has no room for the response");
        }
    }

    /// <summary>The asker must not wait for what this node itself does not take.</summary>
    private void EndRequest(in FrameHeader response, string text)
    {
        _openOutbound.Remove(response.Id);
        _effects.Enqueue(new SessionEffect
        {
            Kind = SessionEffectKind.Error,
            Header = response with { Type = (ushort)RequestErrorCode.NoRoom },
            Text = text,
        });
    }

    /// <summary>Responses that waited for room may have it: their senders are told to go on.</summary>
    public void OnReplyRoom(TimeSpan now)
    {
        while (_reassembly.NextAdmitted(now) is { } message)
        {
            QueueReset(message.Header.Kind, message.Header.Id, ResetReason.Resume);
        }
    }

    private void GiveUpStalled(TimeSpan now)
    {
        while (_reassembly.NextStalled(now, _granted) is { } message)
        {
            StalledMessages++;
            QueueReset(message.Header.Kind, message.Header.Id, ResetReason.Stalled);
            if (message.Header.Kind == FrameKind.Response)
            {
                EndRequest(message.Header, $"the response made no progress for {_settings.FragmentTimeout}");
            }
        }
    }

    private void NoteDelivered(CreditClass creditClass, int bytes)
    {
        if (creditClass == CreditClass.Response)
        {
            _deliveredReplies += bytes;
        }
        else
        {
            _delivered += bytes;
        }
    }

    private void ReceiveLaterFragment(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> body, InboundCharge charge)
    {
        (DisconnectReason? fault, OpenMessage? complete) = _reassembly.Continue(now, header, body);
        if (fault is not null)
        {
            Fail(now, fault.Value, $"{header.Kind} {header.Id:x16}");
        }
        else if (complete is null)
        {
            FinishCredit(now, charge.Class, charge.Credit);
        }
        else
        {
            NoteDelivered(charge.Class, complete.Reserved);
            Deliver(now, header, complete.Buffer!.Array.AsMemory(0, complete.Total), complete.Buffer,
                charge with { Reassembly = complete.Reserved }, complete.Expires);
        }
    }

    private void Deliver(
        TimeSpan now, in FrameHeader header, ReadOnlyMemory<byte> body, SharedBuffer? owner, InboundCharge charge, TimeSpan? expires)
    {
        SessionEffectKind kind = SessionEffectKind.Notify;
        switch (header.Kind)
        {
            case FrameKind.Request:
                _openInbound.Add(header.Id);
                kind = SessionEffectKind.Request;
                break;
            case FrameKind.Response when !_openOutbound.Remove(header.Id):
                UnexpectedResponses++;
                owner?.Release();
                Finish(now, charge);
                return;
            case FrameKind.Response:
                kind = SessionEffectKind.Response;
                break;
            case FrameKind.Broadcast:
                kind = SessionEffectKind.Broadcast;
                BroadcastHead head = BroadcastHead.Read(body.Span);
                if (head.Id != BroadcastId.Of(_networkId, header.Type, head.Salt, body.Span[BroadcastHead.Size..]))
                {
                    owner?.Release();
                    Fail(now, DisconnectReason.BroadcastIdMismatch, head.Id.ToString());
                    return;
                }

                break;
        }

        _effects.Enqueue(new SessionEffect
        {
            Kind = kind, Header = header, Body = body, Owner = owner, Charge = charge, Expires = expires,
        });
    }

    private bool HeadIsValid(TimeSpan now, in FrameHeader header, ReadOnlySpan<byte> body)
    {
        if (body.Length < BroadcastHead.Size)
        {
            Fail(now, DisconnectReason.InvalidLength, $"a broadcast begins with {body.Length} bytes; its head has {BroadcastHead.Size}");
            return false;
        }

        byte hops = BroadcastHead.Read(body).Hops;
        if (hops is 0 or > BroadcastHead.HopLimit)
        {
            Fail(now, DisconnectReason.HopLimitExceeded, $"broadcast {header.Id:x16} after {hops} hops");
            return false;
        }

        return true;
    }
}
