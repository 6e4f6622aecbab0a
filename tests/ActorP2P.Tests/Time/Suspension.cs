using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Tests.Time;

/// <summary>
/// Suspends one node as a signal suspends a process: its clock advances, but no timer fires and it reads nothing. When
/// it continues, all overdue timers fire before anything that has arrived is read.
/// </summary>
/// <param name="time">The node's clock.</param>
/// <param name="inner">The node's transport.</param>
internal sealed class Suspension(TimeProvider time, ITransport inner) : TimeProvider, ITransport
{
    private static readonly TimeSpan s_timersFirst = TimeSpan.FromMilliseconds(5);

    private readonly Queue<Action> _timers = new();
    private readonly Queue<Action> _readings = new();
    private readonly List<ITimer> _running = [];
    private bool _isSuspended;

    public override long TimestampFrequency => time.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => time.LocalTimeZone;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(_ => RunOrKeep(_timers, () => callback(state)), null, dueTime, period);

    public IDisposable Listen(PeerAddress address, IAcceptSink sink) =>
        inner.Listen(address, new AcceptSink(this, sink));

    public IDisposable Dial(PeerAddress address, TimeSpan timeout, IDialSink sink) =>
        inner.Dial(address, timeout, new DialSink(this, sink));

    public void Suspend() => _isSuspended = true;

    public void Resume()
    {
        _isSuspended = false;
        _running.Add(time.CreateTimer(_ => RunAll(_timers), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        _running.Add(time.CreateTimer(_ => RunAll(_readings), null, s_timersFirst, Timeout.InfiniteTimeSpan));
    }

    private static void RunAll(Queue<Action> kept)
    {
        while (kept.TryDequeue(out Action? action))
        {
            action();
        }
    }

    private void RunOrKeep(Queue<Action> kept, Action action)
    {
        if (_isSuspended)
        {
            kept.Enqueue(action);
        }
        else
        {
            action();
        }
    }

    private sealed class AcceptSink(Suspension suspension, IAcceptSink sink) : IAcceptSink
    {
        public void OnListening(IReadOnlyList<PeerAddress> addresses) => sink.OnListening(addresses);

        public void OnListenFailed(TransportError error) => sink.OnListenFailed(error);

        public void OnAccepted(IConnection connection) => suspension.RunOrKeep(
            suspension._readings, () => sink.OnAccepted(new Connection(suspension, connection)));

        public void OnAcceptFailed(TransportError error) => sink.OnAcceptFailed(error);
    }

    private sealed class DialSink(Suspension suspension, IDialSink sink) : IDialSink
    {
        public void OnDialled(IConnection connection) => suspension.RunOrKeep(
            suspension._readings, () => sink.OnDialled(new Connection(suspension, connection)));

        public void OnDialFailed(TransportError error) => sink.OnDialFailed(error);
    }

    private sealed class Connection(Suspension suspension, IConnection inner) : IConnection, IConnectionSink
    {
        private IConnectionSink _sink = null!;

        public PeerAddress LocalAddress => inner.LocalAddress;

        public PeerAddress RemoteAddress => inner.RemoteAddress;

        public void Start(IConnectionSink sink)
        {
            _sink = sink;
            inner.Start(this);
        }

        public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

        public OperationResult Send(IList<ArraySegment<byte>> segments) => inner.Send(segments);

        public void ShutdownSend() => inner.ShutdownSend();

        public void Abort() => inner.Abort();

        public void Post() => inner.Post();

        public void Dispose() => inner.Dispose();

        void IConnectionSink.OnReceived(OperationResult result) =>
            suspension.RunOrKeep(suspension._readings, () => _sink.OnReceived(result));

        void IConnectionSink.OnSent(OperationResult result) =>
            suspension.RunOrKeep(suspension._readings, () => _sink.OnSent(result));

        void IConnectionSink.OnPosted() => suspension.RunOrKeep(suspension._readings, () => _sink.OnPosted());
    }
}
