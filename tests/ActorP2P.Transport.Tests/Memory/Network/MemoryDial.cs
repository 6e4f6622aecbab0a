using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

/// <summary>
/// One dial in a <see cref="MemoryNetwork"/>: one latency to the listener, one latency back, and one call of the sink.
/// </summary>
internal sealed class MemoryDial(MemoryNetwork network, PeerAddress from, PeerAddress to, IDialSink sink) : IDisposable
{
    private readonly Lock _lock = new();
    private MemoryConnection? _connection;
    private ITimer? _deadline;
    private bool _abandoned;
    private bool _answered;
    private bool _ended;

    /// <summary>Abandons the dial; has no effect after its end.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_ended || _abandoned)
            {
                return;
            }

            // The deadline's timer is brought forward and informs the sink.
            _abandoned = true;
            _deadline!.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }

    internal void Start(TimeSpan timeout)
    {
        lock (_lock)
        {
            _deadline = network.Time.CreateTimer(
                static state => ((MemoryDial)state!).OnDeadline(), this, timeout, Timeout.InfiniteTimeSpan);
        }

        network.Send(this);
    }

    /// <summary>Called after one latency: the dial has reached the listener, or its answer is back.</summary>
    internal void Arrive()
    {
        if (_answered)
        {
            OnAnswer();
            return;
        }

        // This is written here and read at the next arrival. Only the network's delay line calls both.
        _answered = true;
        MemoryListener? listener = network.FindListener(to);
        MemoryConnection? accepted = null;
        lock (_lock)
        {
            if (_ended || _abandoned)
            {
                return;
            }

            if (listener is not null)
            {
                (_connection, accepted) = MemoryConnection.Pair(from, to, network.Time, network.Latency);
            }
        }

        network.Send(this);
        if (accepted is not null)
        {
            listener!.Accept(accepted);
        }
    }

    private void OnAnswer()
    {
        lock (_lock)
        {
            if (_ended || _abandoned)
            {
                return;
            }

            _ended = true;
        }

        _deadline!.Dispose();
        if (_connection is not null)
        {
            sink.OnDialled(_connection);
        }
        else
        {
            sink.OnDialFailed(new TransportError(TransportFault.Refused, $"nobody listens at {to}"));
        }
    }

    private void OnDeadline()
    {
        bool abandoned;
        lock (_lock)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            abandoned = _abandoned;
        }

        _deadline!.Dispose();
        _connection?.Abort();
        sink.OnDialFailed(abandoned
            ? new TransportError(TransportFault.Aborted, "the dial was abandoned")
            : new TransportError(TransportFault.TimedOut, $"no answer from {to} in time"));
    }
}
