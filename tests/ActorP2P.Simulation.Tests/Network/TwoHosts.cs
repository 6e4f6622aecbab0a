using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// Two hosts of a simulated network without nodes, "a" and "b", which exchange bytes: the effect of a link is checked
/// to the tick.
/// </summary>
internal sealed class TwoHosts
{
    private static readonly PeerAddress Listening = new("b", 1);

    private readonly ITransport _a;
    private readonly Accepting _accepting = new();

    private TwoHosts(SimulatedWorld world, LinkConditions conditions)
    {
        World = world;
        Network = new SimulatedNetwork(world, conditions);
        _a = Network.CreateTransport("a", 0);
        Network.CreateTransport("b", 1).Listen(Listening, _accepting);
    }

    public SimulatedWorld World { get; }

    public SimulatedNetwork Network { get; }

    public TimeSpan Now => World.Now;

    public static void Run(LinkConditions conditions, Func<TwoHosts, Task> program, ulong seed = 1)
    {
        SimulatedWorld world = new(seed);
        world.Run(() => program(new TwoHosts(world, conditions)), TimeSpan.FromDays(1));
    }

    public Task Delay(TimeSpan time) => Task.Delay(time, World.TimeProvider);

    /// <summary>Lets "a" dial and returns both ends of the connection.</summary>
    /// <exception cref="TransportException">There is no connection; the exception says why.</exception>
    public async Task<(RawEnd A, RawEnd B)> ConnectAsync()
    {
        Dialling dial = new();
        using IDisposable handle = _a.Dial(Listening, TimeSpan.FromSeconds(10), dial);
        RawEnd dialled = new(await dial.Connection);
        return (dialled, new RawEnd(await _accepting.NextAsync()));
    }

    /// <summary>The delay of each of the given number of bytes when they are sent one by one.</summary>
    public async Task<IReadOnlyList<TimeSpan>> DelaysAsync(RawEnd from, RawEnd to, int count)
    {
        List<TimeSpan> delays = [];
        for (int i = 0; i < count; i++)
        {
            TimeSpan start = Now;
            await from.SendAsync(new byte[1]);
            await to.ReceiveAsync(new byte[1]);
            delays.Add(Now - start);
        }

        return delays;
    }

    private sealed class Accepting : IAcceptSink
    {
        private readonly Queue<IConnection> _accepted = new();
        private TaskCompletionSource<IConnection>? _waiter;

        public Task<IConnection> NextAsync()
        {
            if (_accepted.TryDequeue(out IConnection? next))
            {
                return Task.FromResult(next);
            }

            _waiter = new TaskCompletionSource<IConnection>();
            return _waiter.Task;
        }

        public void OnListening(IReadOnlyList<PeerAddress> addresses)
        {
            // The test has chosen the address, so listening must not fail.
        }

        public void OnListenFailed(TransportError error) => throw new InvalidOperationException($"{error}");

        public void OnAccepted(IConnection connection)
        {
            if (_waiter is not { } waiter)
            {
                _accepted.Enqueue(connection);
                return;
            }

            _waiter = null;
            waiter.SetResult(connection);
        }

        public void OnAcceptFailed(TransportError error) => throw new InvalidOperationException($"{error}");
    }

    private sealed class Dialling : IDialSink
    {
        private readonly TaskCompletionSource<IConnection> _promise = new();

        public Task<IConnection> Connection => _promise.Task;

        public void OnDialled(IConnection connection) => _promise.SetResult(connection);

        public void OnDialFailed(TransportError error) => _promise.SetException(new TransportException(error));
    }
}
