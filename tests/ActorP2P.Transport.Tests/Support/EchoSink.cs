using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>Sends back what it reads. It keeps batches while there is no room, as an owner with lanes does.</summary>
internal sealed class EchoSink(FrameConnection connection) : IFrameSink
{
    private readonly Lock _turn = new();
    private readonly Queue<FrameBatch> _batches = new();
    private Frame? _next;
    private readonly TaskCompletionSource<TransportError> _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    public Task<TransportError> Closed => _ended.Task;

    public void OnFrames(FrameBatch batch)
    {
        lock (_turn)
        {
            _batches.Enqueue(batch);
            Work();
        }
    }

    public void OnRoom()
    {
        lock (_turn)
        {
            Work();
        }
    }

    public void OnClosed(TransportError error)
    {
        lock (_turn)
        {
            Assert.False(_closed, "Closed twice.");
            _closed = true;
            Work();
        }

        _ended.SetResult(error);
    }

    /// <summary>Ends the connection in a turn of its own, because the writing side has one user at a time.</summary>
    public void Abort()
    {
        lock (_turn)
        {
            connection.Abort();
        }
    }

    private void Work()
    {
        while (_batches.TryPeek(out FrameBatch? batch))
        {
            while (_next is not null || TakeNext(batch))
            {
                if (!_closed && !connection.HasRoom)
                {
                    connection.Flush();
                    if (!connection.HasRoom)
                    {
                        return;
                    }
                }

                Frame frame = _next!.Value;
                connection.Append(frame.Header, default, frame.Payload, batch.Slab);
                _next = null;
            }

            _batches.Dequeue().Release();
        }

        connection.Flush();
    }

    private bool TakeNext(FrameBatch batch)
    {
        _next = batch.TryRead(out Frame frame) ? frame : null;
        return _next is not null;
    }
}
