using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Moves messages from the <see cref="Outbox"/> to the session's lanes, and writes the session's
/// frames while the connection has room. It is a part of the PeerActor and used in its turns only.
/// </summary>
internal sealed class PeerOutbound(PeerLink link, PeerSession session, FrameConnection frames, AskOutcomes outcomes)
{
    private bool _isShutdownDue;
    private bool _isBlocked;

    /// <summary>
    /// A time no later than when the next message that waits for room gives up, as of the last turn; null when none
    /// does.
    /// </summary>
    public TimeSpan? NextGiveUp { get; private set; }

    /// <summary>Messages that were given up while they waited for room.</summary>
    public long Expired { get; private set; }

    /// <summary>Queues the posted messages, if there are any.</summary>
    /// <returns>Whether there were any.</returns>
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

    /// <summary>Closes the outbox, because the session ends and nothing new may begin on it.</summary>
    public void CloseOutbox()
    {
        // When the session is refused, waiting requests end with the link and get the link's reason.
        link.Outbox.Close(session.State < SessionState.Refusing ? outcomes : null);
    }

    /// <summary>
    /// Releases messages that were posted and not taken, because the actor ends. Requests end with the link.
    /// </summary>
    public void DropPosted(TimeSpan now)
    {
        link.Outbox.Close(null);
        foreach (ref readonly OutboxEntry entry in link.Outbox.Take(session, now, outcomes, out _))
        {
            entry.Message.Buffer.Release();
        }
    }

    /// <summary>
    /// Queues broadcasts. The session reports a broadcast that it drops for lack of room as an effect.
    /// </summary>
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

    /// <summary>The answer to a request is no longer wanted.</summary>
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

    /// <summary>Answers a request with the outcome of its handler.</summary>
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

    /// <summary>Ends the stream after the frames that are still to be written.</summary>
    public void BeginShutdown() => _isShutdownDue = true;

    /// <summary>Writes frames while there is room, and admits messages that waited for room.</summary>
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

    /// <summary>Ends the stream if that is due and everything is written.</summary>
    public void ShutdownIfDue()
    {
        if (_isShutdownDue && !_isBlocked)
        {
            _isShutdownDue = false;
            frames.Shutdown();
        }
    }

    /// <summary>Ends a turn of the actor.</summary>
    /// <returns>Whether a message was posted without waking the actor.</returns>
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

    /// <summary>Writes the session's frames while there is room.</summary>
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
