namespace ActorP2P.Protocol;

/// <summary>What happened to the streams of a session, for the shell, in order.</summary>
internal sealed class StreamEvents
{
    // Created with the first event, because most sessions have no streams.
    private Queue<StreamEvent>? _events;

    /// <summary>Adds an event.</summary>
    public void Add(in StreamEvent happened) => (_events ??= new Queue<StreamEvent>()).Enqueue(happened);

    /// <summary>A frame of a stream was sent. Until the shell has seen the event, further bytes need none.</summary>
    public void NoteProgress(StreamState stream)
    {
        if (!stream.IsProgressNoted)
        {
            stream.IsProgressNoted = true;
            Add(new StreamEvent(StreamEventKind.Sent, stream, default));
        }
    }

    /// <summary>The next event, if there is one.</summary>
    public bool TryGet(out StreamEvent happened)
    {
        if (_events is null || !_events.TryDequeue(out happened))
        {
            happened = default;
            return false;
        }

        if (happened.Kind == StreamEventKind.Sent)
        {
            happened.Stream.IsProgressNoted = false;
        }

        return true;
    }

    /// <summary>Drops all events, at the end of the session.</summary>
    public void Clear() => _events = null;
}
