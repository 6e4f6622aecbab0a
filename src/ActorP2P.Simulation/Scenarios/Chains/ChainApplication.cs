using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// The application <c>chain</c> of scenario files: nodes find blocks at random, broadcast them, and ask peers for the
/// blocks that they have missed. A node keeps its blocks on its disk. At the end all nodes must be on one tip.
/// </summary>
/// <param name="until">When nodes stop to find blocks, in virtual time.</param>
internal sealed class ChainApplication(TimeSpan until) : ScenarioApplication
{
    private const string Stored = "chain";

    // The mean time between two blocks of all nodes together.
    private static readonly TimeSpan s_blockTime = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(250);

    // How often a node asks a peer for its tip, because a broadcast is not sent again to nodes that it has not reached.
    private static readonly TimeSpan s_askEvery = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, Queue<(Peer Peer, ChainBlock Block)>> _arrived = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
    private readonly OneTip _checker = new();

    protected internal override IReadOnlyList<Checker> Checkers => [_checker];

    protected internal override void Configure(ProtocolBuilder protocol, ClusterNode node)
    {
        Queue<(Peer Peer, ChainBlock Block)> arrived = new();
        _arrived[node.Name] = arrived;
        if (_nodes.Add(node.Name))
        {
            _checker.Follow(node, () => TreeOf(node));
        }

        protocol
            .OnBroadcast<ChainBlock>((block, context) =>
            {
                arrived.Enqueue((context.Peer, block));
                return Verdict.Accept;
            })
            .OnRequest<GetChain, ChainPart>(
                (ask, _) => new ChainPart(TreeOf(node).From(ask.From, ChainPart.MostBlocks)));
    }

    protected internal override async Task RunAsync(Cluster cluster, ClusterNode node)
    {
        Random random = cluster.World.CreateRandom(node.Key, node.Incarnation, "chain");
        Queue<(Peer Peer, ChainBlock Block)> arrived = _arrived[node.Name];
        TimeSpan found = Next(cluster, random);
        TimeSpan ask = cluster.World.Now + (s_askEvery * random.NextDouble());
        while (node.IsUp)
        {
            await Task.Delay(s_step, node.TimeProvider);
            while (arrived.TryDequeue(out (Peer Peer, ChainBlock Block) one))
            {
                await TakeAsync(node, one.Peer, [one.Block]);
            }

            if (cluster.World.Now >= ask && node.IsUp && node.Node.Peers is { Count: > 0 } peers)
            {
                ask = cluster.World.Now + s_askEvery;
                await TakeAsync(node, peers[random.Next(peers.Count)], []);
            }

            if (cluster.World.Now >= found && cluster.World.Now < until && node.IsUp)
            {
                found = Next(cluster, random);
                ChainBlock? tip = TreeOf(node).Tip;
                ulong hash = (ulong)random.NextInt64(1, long.MaxValue);
                ChainBlock block = new(hash, tip?.Hash ?? 0, (tip?.Height ?? 0) + 1);
                TreeOf(node).Add(block);
                await node.BroadcastAsync(block);
            }
        }
    }

    /// <summary>Takes blocks, the newest first, and asks their sender for those before them that are missing.</summary>
    private async Task TakeAsync(ClusterNode node, Peer peer, IReadOnlyList<ChainBlock> first)
    {
        BlockTree tree = TreeOf(node);
        List<ChainBlock> blocks = [.. first];
        try
        {
            while (blocks.Count == 0 || !tree.Has(blocks[^1].Parent))
            {
                ulong from = blocks.Count == 0 ? 0 : blocks[^1].Parent;
                ChainPart part = await node.AskAsync<ChainPart>(peer, new GetChain(from));
                if (part.Blocks.Count == 0)
                {
                    return;
                }

                blocks.AddRange(part.Blocks);
            }
        }
        catch (AskException)
        {
            // The peer has gone. Another one is asked later.
            return;
        }

        for (int i = blocks.Count - 1; i >= 0; i--)
        {
            if (!tree.Has(blocks[i].Hash) && tree.Add(blocks[i]))
            {
                _checker.Reorganise();
            }
        }
    }

    private TimeSpan Next(Cluster cluster, Random random) =>
        cluster.World.Now + (s_blockTime * _nodes.Count * -Math.Log(1 - random.NextDouble()));

    private static BlockTree TreeOf(ClusterNode node)
    {
        if (!node.Store.TryGetValue(Stored, out object? stored))
        {
            stored = new BlockTree();
            node.Store[Stored] = stored;
        }

        return (BlockTree)stored;
    }

    /// <summary>Checks that all nodes are on one tip at the end.</summary>
    private sealed class OneTip : Checker
    {
        private readonly List<(ClusterNode Node, Func<BlockTree> Tree)> _followed = [];

        public override string Name => "chain";

        public void Follow(ClusterNode node, Func<BlockTree> tree) => _followed.Add((node, tree));

        public void Reorganise() => Sometimes("Reorganised");

        protected internal override void OnSettled()
        {
            (ClusterNode Node, ChainBlock? Tip)[] tips =
                [.. _followed.Where(static one => one.Node.IsUp).Select(static one => (one.Node, one.Tree().Tip))];
            foreach ((ClusterNode node, ChainBlock? tip) in tips)
            {
                if (tip?.Hash != tips[0].Tip?.Hash)
                {
                    Fail($"{tips[0].Node.Name} is on block {tips[0].Tip?.Height ?? 0} and {node.Name} on block "
                        + $"{tip?.Height ?? 0} of another branch.", tips[0].Node.Name, node.Name);
                    return;
                }
            }

            if (tips.Length > 0 && tips[0].Tip is null)
            {
                Fail("No node has found a block.", tips[0].Node.Name);
            }
        }
    }
}
