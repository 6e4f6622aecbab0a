using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// A sink that keeps copies of everything it receives. It releases batches at once unless it is told to hold them.
/// </summary>
internal sealed class RecordingSink : IFrameSink
{
    private readonly Lock _lock = new();
    private readonly List<(FrameHeader Header, byte[] Payload)> _frames = [];
    private readonly TaskCompletionSource<TransportError> _closed = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private int _rooms;
    private int _inFrames;

    public bool HoldsBatches { get; init; }

    public List<FrameBatch> Held { get; } = [];

    public List<FrameHeader> Oversized { get; } = [];

    public int Batches { get; private set; }

    /// <summary>Called with each batch before the batch is released.</summary>
    public Action<FrameBatch>? Visit { get; init; }

    /// <summary>Called after each frame with the number of frames so far.</summary>
    public Action<int>? Counted { get; init; }

    public Action? Room { get; init; }

    public Task<TransportError> Closed => _closed.Task;

    /// <summary>The reason of the close, which must have happened; it does not wait.</summary>
    public TransportError End
    {
        get
        {
            Assert.True(_closed.Task.IsCompletedSuccessfully, "It is not closed.");
            return _closed.Task.GetAwaiter().GetResult();
        }
    }

    public int Rooms => Volatile.Read(ref _rooms);

    public List<(FrameHeader Header, byte[] Payload)> Frames
    {
        get
        {
            lock (_lock)
            {
                return [.. _frames];
            }
        }
    }

    public void OnFrames(FrameBatch batch)
    {
        Assert.Equal(1, Interlocked.Increment(ref _inFrames));
        Assert.False(_closed.Task.IsCompleted, "Frames arrived after the end.");
        Batches++;
        Visit?.Invoke(batch);
        if (batch.Oversized is { } header)
        {
            Oversized.Add(header);
        }

        if (HoldsBatches)
        {
            Held.Add(batch);
        }
        else
        {
            Read(batch);
        }

        Interlocked.Decrement(ref _inFrames);
        if (!HoldsBatches)
        {
            batch.Release();
        }
    }

    public void OnRoom()
    {
        Assert.False(_closed.Task.IsCompleted, "Room was reported after the end.");
        Interlocked.Increment(ref _rooms);
        Room?.Invoke();
    }

    public void OnClosed(TransportError error) => Assert.True(_closed.TrySetResult(error), "Closed twice.");

    public void ReleaseHeld()
    {
        FrameBatch[] held = [.. Held];
        Held.Clear();
        foreach (FrameBatch batch in held)
        {
            Read(batch);
            batch.Release();
        }
    }

    private void Read(FrameBatch batch)
    {
        while (batch.TryRead(out Frame frame))
        {
            int count;
            lock (_lock)
            {
                _frames.Add((frame.Header, frame.Payload.ToArray()));
                count = _frames.Count;
            }

            Counted?.Invoke(count);
        }
    }
}
