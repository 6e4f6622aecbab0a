namespace ActorP2P;

/// <summary>The node's counters. Added to at the end of turns, read by anyone.</summary>
internal sealed class NodeCounters
{
    private long _bytesReceived;
    private long _bytesSent;
    private long _framesReceived;
    private long _framesSent;
    private long _fresh;
    private long _duplicates;
    private long _dropped;
    private long _unexpected;

    public void AddTraffic(long bytesReceived, long bytesSent, long framesReceived, long framesSent)
    {
        Interlocked.Add(ref _bytesReceived, bytesReceived);
        Interlocked.Add(ref _bytesSent, bytesSent);
        Interlocked.Add(ref _framesReceived, framesReceived);
        Interlocked.Add(ref _framesSent, framesSent);
    }

    public void AddFaults(long droppedBroadcasts, long unexpectedResponses)
    {
        Interlocked.Add(ref _dropped, droppedBroadcasts);
        Interlocked.Add(ref _unexpected, unexpectedResponses);
    }

    public void SetGossip(long fresh, long duplicates)
    {
        Interlocked.Exchange(ref _fresh, fresh);
        Interlocked.Exchange(ref _duplicates, duplicates);
    }

    public NodeStatistics Snapshot() => new()
    {
        BytesReceived = Interlocked.Read(ref _bytesReceived),
        BytesSent = Interlocked.Read(ref _bytesSent),
        FramesReceived = Interlocked.Read(ref _framesReceived),
        FramesSent = Interlocked.Read(ref _framesSent),
        BroadcastsReceived = Interlocked.Read(ref _fresh),
        DuplicateBroadcasts = Interlocked.Read(ref _duplicates),
        DroppedBroadcasts = Interlocked.Read(ref _dropped),
        UnexpectedResponses = Interlocked.Read(ref _unexpected),
    };
}
