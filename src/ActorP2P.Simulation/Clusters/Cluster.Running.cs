using System.Diagnostics.CodeAnalysis;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <content>The run: the start, the program, the recovery, the end, and the checks in between.</content>
public sealed partial class Cluster
{
    // Longer than a dead link can live (60 s until a ping and 30 s for its answer), and than the longest pause between
    // two dials, 5 min.
    private static readonly TimeSpan LongestSettling = TimeSpan.FromMinutes(15);

    // How often a wait checks again. Each check costs an event.
    private static readonly TimeSpan PollStep = TimeSpan.FromMilliseconds(50);

    // After the end the last segments of a connection are still on their way; this is far more than one pause of a
    // retransmission.
    private static readonly TimeSpan AfterEnd = TimeSpan.FromSeconds(10);

    private readonly List<TrafficSource> _sources = [];
    private SimulatedWorld? _world;
    private SimulatedNetwork? _network;
    private ScenarioFailedException? _failure;
    private volatile bool _interrupted;
    private long _frames;
    private int _guests;

    /// <summary>The world of the run, which gives time, order and random numbers.</summary>
    /// <exception cref="InvalidOperationException">The run has not begun.</exception>
    public SimulatedWorld World => _world ?? throw new InvalidOperationException("The run has not begun.");

    /// <summary>The network of the run.</summary>
    /// <exception cref="InvalidOperationException">The run has not begun.</exception>
    public SimulatedNetwork Network => _network ?? throw new InvalidOperationException("The run has not begun.");

    /// <summary>The faults that can be caused now.</summary>
    public Faults Faults => new(this);

    /// <summary>Runs for a time, then lets the nodes recover, stops them and checks.</summary>
    /// <exception cref="ScenarioFailedException">A check failed.</exception>
    public ClusterResult RunFor(TimeSpan time) => Run(cluster => cluster.Delay(time), time + TimeSpan.FromHours(1));

    /// <summary>Runs a program in virtual time, then lets the nodes recover, stops them and checks.</summary>
    /// <param name="program">The program. Everything that it awaits must come from the cluster.</param>
    /// <param name="limit">The virtual time after which it counts as stuck; null for an hour.</param>
    /// <exception cref="ScenarioFailedException">A check or the program failed.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "A failure is thrown again with seed and history.")]
    public ClusterResult Run(Func<Cluster, Task> program, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        With(static () => { });
        _world = new SimulatedWorld(_seed, _options);
        _network = new SimulatedNetwork(_world, _conditions)
        {
            FrameShown = OnFrame, FrameReceived = OnForeignFrame, Happened = OnNetwork,
        };
        Plan = _place?.Invoke(_world);
        _network.Placed = Plan is null ? null : Plan.Between;
        _network.Lines = Plan?.HasLines == true ? new SharedLines(_network, Plan.LineOf) : null;
        Join(_spread?.Invoke(Plan));
        _edges = _topology(_nodes.Count, _world.CreateRandom(SimulatedWorld.DriverNode, 0, "topology"));
        _dials = _edges.ToLookup(static edge => edge.Dialler, static edge => edge.Listener);
        foreach ((TimeSpan at, Action<Faults> what) in _timeline)
        {
            _world.Schedule(at, EventClass.Timeline, SimulatedWorld.DriverNode, SimulatedWorld.DriverNode,
                () => what(Faults));
        }

        Task? run = null;
        TimeSpan allowed = limit ?? TimeSpan.FromHours(1);
        try
        {
            _world.SynchronizationContext.Post(_ => run = RunAsync(program), null);
            bool ended = _world.RunUntil(
                () => _failure is not null || _interrupted || run is { IsCompleted: true }, allowed);
            if (_interrupted)
            {
                Fail("scenario", "It was interrupted.", [], null);
            }
            else if (!ended)
            {
                Fail("scenario", $"It did not end within {allowed:c} of virtual time.", _nodes, null);
            }
            else if (_failure is null)
            {
                run!.GetAwaiter().GetResult();
            }
        }
        catch (Exception failure)
        {
            ClusterNode? node = _world.Stepping >= 0 && _world.Stepping < _nodes.Count ? _nodes[_world.Stepping] : null;
            bool isOfNode = node is not null && failure is SimulationException or SimulationLeakException;
            Fail("scenario", isOfNode ? $"At {node?.Name ?? "no node"}: {failure.Message}" : failure.Message,
                isOfNode && node is not null ? [node] : failure is WorldPartException ? [] : _nodes, failure);
        }

        if (_failure is not null)
        {
            Part?.Fail(_failure.Message);
        }

        return _failure is null ? new ClusterResult(_seed, _world.Now, _frames, _world.TraceHash) : throw _failure;
    }

    /// <summary>Ends the run as failed after the current step. Any thread may call it.</summary>
    internal void Interrupt() => _interrupted = true;

    /// <summary>The world, if the run has begun. Any thread may read it.</summary>
    internal SimulatedWorld? Begun => _world;

    /// <summary>Makes the transport of a host that is not a node, such as that of a scripted peer.</summary>
    public ITransport CreateTransport(string host) => Network.CreateTransport(host, _nodes.Count + _guests++);

    /// <summary>Lets virtual time pass.</summary>
    public Task Delay(TimeSpan time) => Task.Delay(time, World.TimeProvider);

    /// <summary>Waits until all nodes of the topology run and the nodes of each of its pairs are peers.</summary>
    /// <exception cref="ExpectationFailedException">They are not connected in time.</exception>
    public Task UntilConnectedAsync(TimeSpan? limit = null) => UntilAsync(
        () => Edges.All(static edge => edge.Dialler.IsExpected && edge.Listener.IsExpected) && !Unconnected().Any(),
        "all are connected",
        limit);

    /// <summary>Waits until a condition holds.</summary>
    /// <exception cref="ExpectationFailedException">It does not hold in time.</exception>
    public async Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        if (!await TryUntilAsync(condition, limit ?? TimeSpan.FromMinutes(1)))
        {
            throw new ExpectationFailedException($"The wait ended before this was true: {what}.");
        }
    }

    /// <summary>Whether the program is over and the nodes are being stopped.</summary>
    internal bool IsStopping { get; private set; }

    /// <summary>Where the nodes are; null if they have no place.</summary>
    internal ScenarioPlan? Plan { get; private set; }

    /// <summary>The part of a world that this is; null when it is a whole one.</summary>
    internal WorldPart? Part { get; private set; }

    /// <summary>Whether a node runs here.</summary>
    internal bool Has(ClusterNode node) => Part?.Has(node.Key) ?? true;

    /// <summary>Does something for a node that runs here, as a step of that node.</summary>
    internal void On(ClusterNode node, Func<Task> what)
    {
        if (Has(node))
        {
            World.SynchronizationContextOf(node.Key).Post(_ => _ = what(), null);
        }
    }

    /// <summary>Begins a life of a node, whether it runs here or in another part.</summary>
    internal void Begin(ClusterNode node)
    {
        node.BeginLife();
        On(node, () => BeginAsync(node));
    }

    /// <summary>Called when a life of a node has begun.</summary>
    internal Action<ClusterNode>? Started { get; set; }

    /// <summary>The topology's pairs that run and are not peers, as texts.</summary>
    internal IEnumerable<string> Unconnected() => Edges
        .Where(edge => !_excused.Contains(edge.Dialler.Name) && !_excused.Contains(edge.Listener.Name))
        .Where(static edge => edge.Dialler.IsExpected && edge.Listener.IsExpected)
        .Where(
            edge => (Has(edge.Dialler) && edge.Dialler.FindPeer(edge.Listener.Name) is null)
                || (Has(edge.Listener) && edge.Listener.FindPeer(edge.Dialler.Name) is null))
        .Select(static edge => $"{edge.Dialler.Name} - {edge.Listener.Name}");

    internal Task StartAsync(ClusterNode node)
    {
        node.BeginLife();
        return StartLifeAsync(node);
    }

    private async Task BeginAsync(ClusterNode node)
    {
        try
        {
            await StartLifeAsync(node);
        }
        catch (NodeStoppedException failure)
        {
            Fail("scenario", $"The node '{node.Name}' did not start.", [node], failure);
        }
    }

    /// <summary>All hosts are known from the beginning, because any of them may be dialled from another part.</summary>
    private void Join(WorldPart? part)
    {
        if (part is null)
        {
            return;
        }

        Part = part;
        _nodes.ForEach(node => TransportOf(node));
        Network.Join(part);
        World.OtherParts = part.Parts > 1 ? part : null;
    }

    private async Task StartLifeAsync(ClusterNode node)
    {
        await node.StartAsync(SettingsOf(node), builder =>
        {
            foreach ((ClusterNode? only, Action<ProtocolBuilder, ClusterNode> configure) in _protocols)
            {
                if (only is null || only == node)
                {
                    configure(builder, node);
                }
            }

            if (_traffic is not null)
            {
                TrafficSource source = new(this, node, _traffic);
                source.Register(builder);
                lock (_sources)
                {
                    _sources.Add(source);
                }
            }
        });
        lock (_sources)
        {
            _sources.FindLast(source => source.Node == node)?.Start();
        }

        Started?.Invoke(node);
    }

    private async Task RunAsync(Func<Cluster, Task> program)
    {
        foreach (ClusterNode node in _nodes)
        {
            if (_late.Contains(node.Name))
            {
                // Its host is there, so that those who dial it meanwhile are refused.
                TransportOf(node);
            }
            else if (Part is not null)
            {
                Begin(node);
            }
            else
            {
                await StartAsync(node);
            }
        }

        await program(this);
        _sources.ForEach(static source => source.Stop());
        if (!_leaveFaults)
        {
            Faults.HealAll();
            await TryUntilAsync(() => !Unconnected().Any() && Waiting() == 0, LongestSettling);
        }

        Check(null, static checker => checker.OnSettled());
        IsStopping = true;
        await StopAsync();
        await Delay(AfterEnd);
        Check(null, static checker => checker.OnStopped());
    }

    private async Task StopAsync()
    {
        if (Part is null)
        {
            // All at once: one after the other, nodes that still run would look for those that have stopped.
            await Task.WhenAll(_nodes.Select(static node => node.StopAsync()));
            return;
        }

        _nodes.ForEach(node => On(node, node.StopAsync));
        await TryUntilAsync(() => !_nodes.Exists(static node => node.IsUp), LongestSettling);
    }

    private int Waiting() =>
        _nodes.Sum(static node => node.IsUp ? node.Asks.Count(static ask => ask.EndedAt is null) : 0);

    private async Task<bool> TryUntilAsync(Func<bool> condition, TimeSpan limit)
    {
        TimeSpan end = World.Now + limit;
        TimeSpan step = PollStep;
        while (!Agreed(condition()))
        {
            if (World.Now >= end)
            {
                return false;
            }

            await Delay(step);
            step = step < TimeSpan.FromSeconds(1) ? step * 1.2 : step;
        }

        return true;
    }

    /// <summary>Whether a condition that was found here holds in all parts.</summary>
    private bool Agreed(bool holds) => Part?.Vote(holds) ?? holds;
}
