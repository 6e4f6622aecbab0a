namespace ActorP2P.Protocol.Tests;

/// <summary>
/// The shell of one side's streams, as tests need it: it keeps what arrives and reads as much as it is told.
/// </summary>
internal sealed class StreamShell
{
    private readonly SessionEnd _end;

    public StreamShell(SessionEnd end)
    {
        _end = end;
        end.OnStream = Take;
    }

    /// <summary>The streams of this side in the order in which it came to know them.</summary>
    public List<TestStream> Streams { get; } = [];

    public TestStream Only => Assert.Single(Streams);

    /// <summary>Opens a stream with a request that names it.</summary>
    public TestStream? TryOpen(TimeSpan now, byte name, out StreamFailure failure, Lane lane = Lane.Bulk)
    {
        StreamState? state = _end.Session.TryOpenStream(
            now, 0x0101, lane, new StreamPiece(new byte[] { name }, null), out failure);
        if (state is null)
        {
            return null;
        }

        TestStream stream = new(state, name);
        state.Tag = stream;
        Streams.Add(stream);
        return stream;
    }

    public TestStream Open(TimeSpan now, byte name, Lane lane = Lane.Bulk)
    {
        TestStream? stream = TryOpen(now, name, out StreamFailure failure, lane);
        Assert.True(stream is not null, $"{failure}");
        return stream;
    }

    /// <summary>Writes bytes in a buffer of their own, so that a test sees their release.</summary>
    public void Write(TestStream stream, int count)
    {
        byte[] bytes = stream.NextBytes(count);
        SharedBuffer owner = SharedBuffer.Rent(count);
        bytes.CopyTo(owner.Array, 0);
        stream.Buffers.Add(owner);
        _end.Session.WriteStream(stream.State, new StreamPiece(owner.Array.AsMemory(0, count), owner));
    }

    public void End(TestStream stream)
    {
        stream.HasEnded = true;
        _end.Session.EndStream(stream.State);
    }

    public void Reset(TestStream stream, ushort code = 0x100)
    {
        stream.IsAborted |= !stream.State.IsOver;
        _end.Session.ResetStream(stream.State, (RequestErrorCode)code, "enough");
        Drop(_end.Session, stream);
    }

    public void Read(TimeSpan now, TestStream stream, long count)
    {
        long read = Math.Min(count, stream.Unread);
        stream.Unread -= read;
        _end.Session.OnStreamRead(now, stream.State, read);
    }

    private static void Drop(PeerSession session, TestStream stream)
    {
        session.OnStreamRead(TimeSpan.Zero, stream.State, stream.Unread);
        stream.Unread = 0;
    }

    private void Take(StreamEvent happened)
    {
        if (happened.Kind == StreamEventKind.Opened)
        {
            TestStream opened = new(happened.Stream, happened.Data.Span[0]);
            happened.Stream.Tag = opened;
            Streams.Add(opened);
            return;
        }

        TestStream stream = (TestStream)happened.Stream.Tag!;
        switch (happened.Kind)
        {
            case StreamEventKind.Data:
                stream.Received.AddRange(happened.Data.Span);
                stream.Unread += happened.Data.Length;
                break;
            case StreamEventKind.Ended:
                stream.Ends++;
                break;
            case StreamEventKind.Reset:
                stream.Resets++;
                stream.Code = happened.Code;
                Drop(_end.Session, stream);
                break;
        }
    }
}
