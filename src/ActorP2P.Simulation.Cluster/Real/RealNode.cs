using ActorP2P.Protocol;
using Akka.Configuration;

namespace ActorP2P.Simulation;

/// <summary>
/// A real node through all its lives, on sockets and with an actor system of its own. It keeps its identity and its
/// port.
/// </summary>
internal sealed class RealNode(
    int number, P2PNodeOptions options, Action<ProtocolBuilder, RealNode> configure, RealFigures figures)
{
    // Faults are wanted here, so what the nodes log about them is of no interest. The end of the actor system must not
    // wait for anything, because it stands for the end of a process.
    private static readonly Config s_settings = ConfigurationFactory.ParseString("""
        akka {
          loglevel = OFF
          stdout-loglevel = OFF
          log-dead-letters = off
          log-dead-letters-during-shutdown = off
          coordinated-shutdown {
            exit-clr = off
            run-by-clr-shutdown-hook = off
            run-by-actor-system-terminate = off
          }
        }
        """);

    private readonly NodeIdentity _identity = NodeIdentity.Create();
    private readonly List<PeerHandle> _handles = [];
    private P2PNodeOptions _options = options;
    private ActorSystem? _system;
    private Task _last = Task.CompletedTask;
    private Task _watch = Task.CompletedTask;

    public int Number => number;

    /// <summary>How many lives it has begun.</summary>
    public int Life { get; private set; }

    /// <summary>The node of its current life; null while it is dead.</summary>
    public P2PNode? Node { get; private set; }

    public RealAddress Address =>
        new(number, _options.Listen!.ToString(), _identity.Id.ToString());

    public NodeId Id => _identity.Id;

    /// <summary>The nodes that it dials in all further lives.</summary>
    public void DialFromNowOn(IReadOnlyList<PeerAddress> addresses)
    {
        _options = _options with { Bootstrap = addresses };
        if (Node is { } node)
        {
            _handles.AddRange(addresses.Select(address => node.Peer(address)));
        }
    }

    /// <summary>Starts it after what was begun before. It has no effect on a living node.</summary>
    public Task StartAsync() => _last = After(async () =>
    {
        if (Node is null)
        {
            await StartNowAsync();
        }
    });

    /// <summary>Ends it without a goodbye after what was begun before, as the end of its process would.</summary>
    public Task KillAsync() => _last = After(async () =>
    {
        if (Node is { } node && _system is { } system)
        {
            Node = null;
            figures.EndLife(node.Statistics);
            await system.Terminate();
            await _watch;
        }
    });

    /// <summary>Stops it in order.</summary>
    public Task StopAsync() => _last = After(async () =>
    {
        if (Node is { } node && _system is { } system)
        {
            Node = null;
            await node.DisposeAsync();
            await system.Terminate();
            await _watch;
        }
    });

    /// <summary>Whether a node is its peer.</summary>
    public bool HasPeer(NodeId id) =>
        Node?.Peers.Any(peer => peer.ClaimedId is { } claimed && claimed == new ClaimedNodeId(id)) == true;

    private async Task After(Func<Task> next)
    {
        await _last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await next();
    }

    private async Task StartNowAsync()
    {
        ActorSystem system = ActorSystem.Create("node", s_settings);
        try
        {
            Life++;
            P2PNode node = await P2PNode.StartAsync(
                _options, protocol => configure(protocol, this),
                new P2PNodeServices { ActorSystem = system, Identity = _identity, Name = $"node-{number}" });
            _options = _options with { Listen = node.ListenAddresses[0] };
            _system = system;
            _watch = WatchAsync(node);
            Node = node;
        }
        catch
        {
            await system.Terminate();
            throw;
        }
    }

    private async Task WatchAsync(P2PNode node)
    {
        await foreach (NodeEvent happened in node.Events())
        {
            figures.Happen(number, happened);
        }
    }
}
