using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// Moves bytes between the application's streams and the session, opens streams, and passes those of the peer to their
/// handlers. It is a part of the PeerActor and used in its turns only. Nothing is allocated before the first stream.
/// </summary>
internal sealed class PeerStreams(NodeContext node, PeerLink link, PeerSession session, PeerInbound inbound)
{
    // Handlers that still run although their streams are over. An honest peer does not outrun its own handlers by far.
    private const int HandlersForEachStream = 2;

    private HashSet<PeerStream>? _open;
    private List<PeerStream>? _touched;
    private StreamCalls? _calls;

    // Streams whose handlers wait until the program has said whether the peer may use their service.
    private List<StreamCall>? _held;

    /// <summary>Takes what the application has done since the last call.</summary>
    /// <returns>Whether there was anything.</returns>
    public bool TakeTouched(TimeSpan now)
    {
        if (link.Peer.Streams.Take(_touched) is not { } touched)
        {
            return false;
        }

        foreach (PeerStream stream in touched)
        {
            stream.Untouch();
            Take(stream, now);
        }

        touched.Clear();
        _touched = touched;
        return true;
    }

    /// <summary>Carries out what has happened to streams.</summary>
    /// <param name="now">The time.</param>
    /// <param name="batch">The batch that contains the bytes that arrive; null when none are arriving.</param>
    public void CarryOut(TimeSpan now, FrameBatch? batch)
    {
        while (session.TryGetStreamEvent(out StreamEvent happened))
        {
            if (happened.Kind == StreamEventKind.Opened)
            {
                TakeOpened(happened.Stream, happened.Data);
            }
            else if (happened.Stream.Tag is PeerStream stream)
            {
                Take(stream, happened, batch, now);
            }
            else
            {
                // Bytes that followed an open which was refused.
                session.OnStreamRead(now, happened.Stream, happened.Data.Length);
            }
        }
    }

    /// <summary>The program has said whether the peer may use a service.</summary>
    public void OnAdmission()
    {
        List<StreamCall> held = _held ?? [];
        _held = null;
        foreach (StreamCall call in held)
        {
            if (inbound.AsksProgram(call.Type))
            {
                (_held ??= []).Add(call);
            }
            else if (call.Stream.State is not { IsOver: false } state)
            {
                // The peer has given it up meanwhile.
            }
            else if (inbound.RefusalOf(call.Type) is { } refusal)
            {
                session.ResetStream(state, RequestErrorCode.NotAllowed, refusal);
                call.Stream.Fail(
                    new PeerStreamException(StreamFailure.PeerError, refusal), keepsBytes: false);
                Forget(call.Stream);
            }
            else
            {
                Call(call);
            }
        }
    }

    /// <summary>The session is ending: what was written is still sent, and nothing more may be written.</summary>
    public void OnDraining()
    {
        PeerStreamException failure = new(StreamFailure.Disconnected, "the connection is ending");
        foreach (PeerStream stream in _open ?? [])
        {
            stream.Out.Fail(failure, keepsBytes: true);
        }
    }

    /// <summary>The connection has ended, and so do all its streams.</summary>
    public void Close(Disconnect end)
    {
        link.Peer.Streams.Close();
        PeerStreamException failure = new(StreamFailure.Disconnected, $"{end.Reason}: {end.Detail}", end);
        foreach (PeerStream stream in link.Peer.Streams.Take(_touched) ?? [])
        {
            Refuse(stream, failure);
        }

        foreach (PeerStream stream in _open ?? [])
        {
            stream.Fail(failure, keepsBytes: true);
            node.Cancel(stream.Context);
        }

        _open = null;
    }

    private static void Refuse(PeerStream stream, PeerStreamException failure)
    {
        if (stream.Request is { } request)
        {
            stream.Request = null;
            request.Buffer.Release();
            stream.Fail(failure, keepsBytes: false);
        }
    }

    private void Take(PeerStream stream, TimeSpan now)
    {
        if (stream.State is null && !TryOpen(stream, now))
        {
            return;
        }

        StreamState state = stream.State!;
        if (stream.Abortion is { } abortion && !state.IsOver)
        {
            session.ResetStream(state, abortion.ErrorCode, abortion.Detail);
            node.Cancel(stream.Context);
        }

        Write(stream);
        Read(stream, now);
        Forget(stream);
    }

    private bool TryOpen(PeerStream stream, TimeSpan now)
    {
        if (stream.Request is not { } request)
        {
            return false;
        }

        if (stream.Abortion is { } abortion)
        {
            Refuse(stream, abortion);
            return false;
        }

        stream.Request = null;
        StreamState? state = session.TryOpenStream(
            now, request.Type, stream.Lane, new StreamPiece(request.Body, request.Buffer), out StreamFailure failure);
        if (state is null)
        {
            stream.Fail(new PeerStreamException(failure, $"to {link.Address}"), keepsBytes: false);
            return false;
        }

        (_open ??= []).Add(stream);
        stream.Open(state);
        return true;
    }

    private void Write(PeerStream stream)
    {
        // Nothing is written after the completion, so all bytes are taken when it is seen first.
        bool isCompleted = stream.Out.IsCompleted;
        while (stream.Out.TryTake(out StreamPiece piece))
        {
            session.WriteStream(stream.State!, piece);
        }

        if (isCompleted)
        {
            session.EndStream(stream.State!);
        }
    }

    private void Read(PeerStream stream, TimeSpan now)
    {
        long read = stream.In.TakeRead();
        if (read > 0)
        {
            session.OnStreamRead(now, stream.State!, read);
            stream.SetWindow(stream.State!.Window.Size);
        }
    }

    private void Take(PeerStream stream, in StreamEvent happened, FrameBatch? batch, TimeSpan now)
    {
        switch (happened.Kind)
        {
            case StreamEventKind.Data:
                stream.In.Append(happened.Data, batch?.Slab);
                Read(stream, now);
                StopUnwanted(stream);
                break;
            case StreamEventKind.Ended:
                stream.In.End();
                break;
            case StreamEventKind.Reset:
                stream.Fail(PeerStreamException.Of(happened.Code, happened.Text), keepsBytes: false);
                node.Cancel(stream.Context);
                Read(stream, now);
                break;
            case StreamEventKind.Sent when stream.Out.OnSent(happened.Stream.Sent, happened.Stream.IsEndSent):
                Write(stream);
                break;
        }

        Forget(stream);
    }

    // The application reads no more, and has said all it has to say. A peer that goes on writing is told.
    private void StopUnwanted(PeerStream stream)
    {
        if (stream.In.IsDiscarding && stream.State is { IsEndSent: true, IsOver: false })
        {
            session.ResetStream(stream.State, RequestErrorCode.Unwanted, "the other side reads no more");
        }
    }

    private void Forget(PeerStream stream)
    {
        if (stream.State!.IsOver)
        {
            _open?.Remove(stream);
        }
    }

    private void TakeOpened(StreamState state, ReadOnlyMemory<byte> body)
    {
        if (!inbound.Services.TryMap(state.Type, out ushort type))
        {
            session.ResetStream(
                state, RequestErrorCode.NoSuchService, "this node does not take part in the service");
        }
        else if (inbound.RefusalOf(type) is { } refusal)
        {
            session.ResetStream(state, RequestErrorCode.NotAllowed, refusal);
        }
        else if (!node.Catalog.Streams.TryGetValue(type, out StreamHandler? handler))
        {
            session.ResetStream(
                state,
                node.Catalog.HasService(type) ? RequestErrorCode.UnknownType : RequestErrorCode.NoSuchService,
                $"no handler of streams for type {type:x4}");
        }
        else if (_calls?.Unended >= HandlersForEachStream * node.Settings.Session.MaxStreams)
        {
            session.ResetStream(state, RequestErrorCode.NoRoom, $"{_calls.Unended} handlers of streams still run");
        }
        else if (!handler.Decoder.TryRead(body.Span, out object? request))
        {
            session.ResetStream(state, RequestErrorCode.Malformed, $"not a message of type {type:x4}");
            inbound.Penalise(ReasonTable.MalformedPoints, $"a stream of type {type:x4} whose request does not parse");
        }
        else
        {
            PeerStream stream = new(inbound.Remote, state);
            stream.Context = new StreamContext(inbound.Remote, stream);
            (_open ??= []).Add(stream);
            StreamCall call = new(handler, request, stream, type);
            if (inbound.AsksProgram(type))
            {
                (_held ??= []).Add(call);
            }
            else
            {
                Call(call);
            }
        }
    }

    private void Call(StreamCall call) => (_calls ??= new StreamCalls(node)).Post(call);
}
