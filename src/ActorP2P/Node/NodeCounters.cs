namespace ActorP2P;

/// <summary>The node's counters. They are added to at the end of turns and read by any thread.</summary>
internal sealed class NodeCounters
{
    private long _bytesReceived;
    private long _bytesSent;
    private long _framesReceived;
    private long _framesSent;
    private long _fresh;
    private long _duplicates;
    private long _stoppedDuplicates;
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
    private long _unwanted;
    private long _replayed;
    private long _notAllowed;

    /// <summary>Adds what a connection has counted since the last call.</summary>
    /// <param name="now">Its counts now.</param>
    /// <param name="before">Its counts at the last call.</param>
    public void Add(in ConnectionCounts now, in ConnectionCounts before)
    {
        Add(ref _bytesReceived, now.BytesReceived - before.BytesReceived);
        Add(ref _bytesSent, now.BytesSent - before.BytesSent);
        Add(ref _framesReceived, now.FramesReceived - before.FramesReceived);
        Add(ref _framesSent, now.FramesSent - before.FramesSent);
        Add(ref _dropped, now.DroppedBroadcasts - before.DroppedBroadcasts);
        Add(ref _droppedForMemory, now.DroppedForMemory - before.DroppedForMemory);
        Add(ref _announced, now.Announced - before.Announced);
        Add(ref _resent, now.Resent - before.Resent);
        Add(ref _unexpected, now.Unexpected - before.Unexpected);
        Add(ref _expired, now.Expired - before.Expired);
        Add(ref _refusedForRoom, now.Refused - before.Refused);
        Add(ref _stalled, now.Stalled - before.Stalled);
        Add(ref _notAllowed, now.NotAllowed - before.NotAllowed);
    }

    public void AddGossip(long asked, long recovered)
    {
        Add(ref _asked, asked);
        Add(ref _recovered, recovered);
    }

    public void NoteBroadcastTooLong() => Add(ref _tooLong, 1);

    public void NoteUnwanted() => Add(ref _unwanted, 1);

    public void NoteReplayed() => Add(ref _replayed, 1);

    public void NoteClosedForMemory() => Add(ref _closedForMemory, 1);

    // All connections share these counters, and a connection's turn usually has traffic one way only, so unchanged
    // counters are not written.
    private static void Add(ref long counter, long amount)
    {
        if (amount != 0)
        {
            Interlocked.Add(ref counter, amount);
        }
    }

    /// <summary>A duplicate was stopped before it had arrived as a whole.</summary>
    public void NoteStoppedDuplicate() => Interlocked.Increment(ref _stoppedDuplicates);

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
        DuplicateBroadcasts = Interlocked.Read(ref _duplicates) + Interlocked.Read(ref _stoppedDuplicates),
        DroppedBroadcasts = Interlocked.Read(ref _dropped),
        BroadcastsTooLong = Interlocked.Read(ref _tooLong),
        UnwantedBroadcasts = Interlocked.Read(ref _unwanted),
        ReplayedBroadcasts = Interlocked.Read(ref _replayed),
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
        MessagesNotAllowed = Interlocked.Read(ref _notAllowed),
    };
}
