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
    private long _refusedForRoom;
    private long _droppedForMemory;
    private long _stalled;
    private long _closedForMemory;
    private long _expired;
    private long _announced;
    private long _resent;
    private long _asked;
    private long _recovered;
    private long _tooLong;

    public void AddTraffic(long bytesReceived, long bytesSent, long framesReceived, long framesSent)
    {
        Add(ref _bytesReceived, bytesReceived);
        Add(ref _bytesSent, bytesSent);
        Add(ref _framesReceived, framesReceived);
        Add(ref _framesSent, framesSent);
    }

    public void AddFaults(long droppedBroadcasts, long unexpectedResponses, long expiredMessages)
    {
        Add(ref _dropped, droppedBroadcasts);
        Add(ref _unexpected, unexpectedResponses);
        Add(ref _expired, expiredMessages);
    }

    public void AddShortage(long refusedForRoom, long droppedForMemory, long stalled)
    {
        Add(ref _refusedForRoom, refusedForRoom);
        Add(ref _droppedForMemory, droppedForMemory);
        Add(ref _stalled, stalled);
    }

    public void AddResends(long announced, long resent)
    {
        Add(ref _announced, announced);
        Add(ref _resent, resent);
    }

    public void AddGossip(long asked, long recovered)
    {
        Add(ref _asked, asked);
        Add(ref _recovered, recovered);
    }

    public void NoteBroadcastTooLong() => Add(ref _tooLong, 1);

    public void NoteClosedForMemory() => Add(ref _closedForMemory, 1);

    // A connection's turn most often goes one way only, and all connections share these: what has not changed is not touched.
    private static void Add(ref long counter, long amount)
    {
        if (amount != 0)
        {
            Interlocked.Add(ref counter, amount);
        }
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
        BroadcastsTooLong = Interlocked.Read(ref _tooLong),
        AnnouncedBroadcasts = Interlocked.Read(ref _announced),
        ResentBroadcasts = Interlocked.Read(ref _resent),
        AskedBroadcasts = Interlocked.Read(ref _asked),
        RecoveredBroadcasts = Interlocked.Read(ref _recovered),
        UnexpectedResponses = Interlocked.Read(ref _unexpected),
        MessagesRefused = Interlocked.Read(ref _refusedForRoom),
        BroadcastsDroppedForMemory = Interlocked.Read(ref _droppedForMemory),
        MessagesStalled = Interlocked.Read(ref _stalled),
        PeersClosedForMemory = Interlocked.Read(ref _closedForMemory),
        ExpiredMessages = Interlocked.Read(ref _expired),
    };
}
