using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// What goes out on one connection: takes messages from the <see cref="Outbox"/> into the session's lanes, and writes
/// the session's frames as far as the connection has room. A part of the PeerActor, used in its turns alone.
/// </summary>
internal sealed class PeerOutbound(PeerLink link, PeerSession session, FrameConnection frames, AskOutcomes outcomes)
{
    private bool _isShutdownDue;
    private bool _isBlocked;

    /// <summary>No later than the next message that waits for room gives up; as of the last turn.</summary>
    public TimeSpan? NextGiveUp { get; private set; }

    /// <summary>Messages that were given up while they waited for room.</summary>
    public long Expired { get; private set; }

    /// <summary>Queues what has been posted, if anything has.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool TakePosted(TimeSpan now)
    {
        ReadOnlySpan<OutboxEntry> entries = link.Outbox.Take(session, now, outcomes, out int expired);
        Expired += expired;
        foreach (ref readonly OutboxEntry entry in entries)
        {
            SendResult result = Send(entry, now);
            if (result != SendResult.Accepted && entry.Kind == FrameKind.Request)
            {
                outcomes.Add(AskOutcome.NotTaken(new RequestId(entry.Id), result, link.Address));
            }
        }

        return !entries.IsEmpty;
    }

    /// <summary>The session ends, and nothing new is begun on it.</summary>
    public void CloseOutbox()
    {
        // Of a session that is refused, what waits ends with the link, and is told how that ended.
        link.Outbox.Close(session.State < SessionState.Refusing ? outcomes : null);
    }

    /// <summary>The actor ends: what was posted and not taken is let go. Requests end with the link.</summary>
    public void DropPosted(TimeSpan now)
    {
        link.Outbox.Close(null);
        foreach (ref readonly OutboxEntry entry in link.Outbox.Take(session, now, outcomes, out _))
        {
            entry.Message.Buffer.Release();
        }
    }

    /// <summary>Queues broadcasts. What is dropped for want of room comes back as an effect of the session.</summary>
    public void Send(PeerMessages.SendBroadcasts broadcasts, TimeSpan now)
    {
        foreach (ref readonly OutboxEntry entry in broadcasts.Messages.AsSpan())
        {
            if (broadcasts.IsAgain)
            {
                session.SendAgain(now, entry.Message.Type, entry.Lane, entry.Message.Body, entry.Message.Buffer);
            }
            else
            {
                Send(entry, now);
            }
        }
    }

    /// <summary>Nobody waits for the answer to a request any more.</summary>
    public void Cancel(RequestId id)
    {
        if (!link.Outbox.TryCancel(id.Value))
        {
            session.Cancel(id.Value);
        }
    }

    /// <summary>Answers a request.</summary>
    private void Respond(in FrameHeader request, in EncodedMessage reply)
    {
        if (session.Respond(reply.Type, request.Id, request.Lane, reply.Body, reply.Buffer) == SendResult.TooLong)
        {
            RespondError(request, RequestErrorCode.ResponseTooLong, $"{reply.Length} bytes");
        }
    }

    /// <summary>Answers a request with what its handler has come to.</summary>
    public void Respond(in FrameHeader request, in HandlerResult result)
    {
        if (result.Reply is { } reply)
        {
            Respond(request, reply);
        }
        else
        {
            RespondError(request, result.Error, result.Text);
        }
    }

    /// <summary>Ends the stream behind what is written.</summary>
    public void BeginShutdown() => _isShutdownDue = true;

    /// <summary>Writes what there is to write, as far as there is room, and lets in what waited for room.</summary>
    public void Write(TimeSpan now)
    {
        do
        {
            _isBlocked = !TryWriteFrames(now);
        }
        while (TakePosted(now) && !_isBlocked);

        if (!_isBlocked)
        {
            session.OnWriterIdle(now);
        }
        else if (session.State == SessionState.Ready)
        {
            session.OnWriterBlocked(now);
        }

        frames.Flush();
    }

    /// <summary>Ends the stream, if that is due and everything is written.</summary>
    public void ShutdownIfDue()
    {
        if (_isShutdownDue && !_isBlocked)
        {
            _isShutdownDue = false;
            frames.Shutdown();
        }
    }

    /// <summary>The turn is over.</summary>
    /// <returns>Whether something was posted that nobody has been woken for.</returns>
    public bool EndTurn()
    {
        bool isFilled = link.Outbox.EndTurn(session, out TimeSpan? nextGiveUp);
        NextGiveUp = nextGiveUp;
        return isFilled;
    }

    private void RespondError(in FrameHeader request, RequestErrorCode code, string text) =>
        session.Respond(new OutboundMessage(
            FrameKind.Error, 0, request.Id, request.Lane, CodedText.Encode((ushort)code, text), owner: null));

    private SendResult Send(in OutboxEntry entry, TimeSpan now) => session.Send(
        now, entry.Kind, entry.Message.Type, entry.Id, entry.Lane, entry.Message.Body, entry.Message.Buffer,
        entry.Expires, entry.Trace);

    /// <summary>Writes the session's frames as long as there is room.</summary>
    /// <returns>Whether all are written.</returns>
    private bool TryWriteFrames(TimeSpan now)
    {
        while (frames.HasRoom)
        {
            if (!session.TryGetFrame(now, out OutboundFrame frame))
            {
                return true;
            }

            if (frame.Owner is not null)
            {
                frames.Append(frame.Header, frame.Prefix.Span, frame.Body, frame.Owner);
            }
            else
            {
                frames.Append(frame.Header, frame.Body.IsEmpty ? frame.Prefix.Span : frame.Body.Span);
            }

            session.OnFrameWritten();
        }

        return false;
    }
}
