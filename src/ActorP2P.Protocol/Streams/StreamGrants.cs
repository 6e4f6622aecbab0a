namespace ActorP2P.Protocol;

/// <summary>
/// The credit that this node grants for the streams of a session: which renewals are due, and how far windows grow. All
/// windows of a connection together grow no further than the window of one credit class may, and each no further than
/// its share of that, so that the first streams to grow leave as much for the others.
/// </summary>
internal sealed class StreamGrants(SessionSettings settings, MemoryBudget memory, KeepAlive keepAlive)
{
    // Created with the first renewal, because most sessions have no streams.
    private Queue<StreamState>? _due;
    private long _grown;

    /// <summary>Whether a renewal is due.</summary>
    public bool IsDue => _due is { Count: > 0 };

    /// <summary>Whether a window exceeds its first size.</summary>
    public bool AnyGrown => _grown > 0;

    /// <summary>The application has read bytes of a stream whose peer may still send.</summary>
    /// <param name="now">The time.</param>
    /// <param name="stream">The stream.</param>
    /// <param name="open">Streams that are open, this one included.</param>
    public void OnRead(TimeSpan now, StreamState stream, int open)
    {
        if (stream.IsCreditDue || !stream.Window.IsDue)
        {
            return;
        }

        int growth = stream.Window.WantedGrowth(now, keepAlive.RoundTrip ?? TimeSpan.Zero);
        if (growth > 0 && stream.Window.Size + (long)growth <= settings.MaxCreditWindow / Math.Max(1, open)
            && _grown + growth <= settings.MaxCreditWindow && memory.TryGrow(growth))
        {
            stream.Window.Grow(growth);
            _grown += growth;
        }

        stream.IsCreditDue = true;
        (_due ??= new Queue<StreamState>()).Enqueue(stream);
    }

    /// <summary>The next stream whose credit is to be renewed; null when there is none.</summary>
    public StreamState? Next()
    {
        while (_due is not null && _due.TryDequeue(out StreamState? stream))
        {
            stream.IsCreditDue = false;
            if (!stream.IsOver && !stream.IsEndReceived)
            {
                return stream;
            }
        }

        return null;
    }

    /// <summary>A window has shrunk, or its stream is over.</summary>
    public void Return(int bytes)
    {
        _grown -= bytes;
        memory.Shrink(bytes);
    }

    /// <summary>Returns everything, at the end of the session.</summary>
    public void Clear()
    {
        memory.Shrink(_grown);
        _grown = 0;
        _due = null;
    }
}
