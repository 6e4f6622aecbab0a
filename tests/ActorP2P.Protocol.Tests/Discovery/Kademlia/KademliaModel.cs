namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>
/// A network of routing tables in virtual time, without nodes, sockets and bytes: questions take a random latency, dead
/// nodes answer nothing, and each node does what a real one does to keep its table.
/// </summary>
internal sealed class KademliaModel
{
    // A connect of a real node gives up after this time.
    private static readonly TimeSpan s_unreachable = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_upkeep = TimeSpan.FromSeconds(10);

    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private readonly Dictionary<NodeId, ModelNode> _byId = [];
    private readonly List<ModelNode> _up = [];
    private readonly LookupSettings _settings;
    private SplitMix64 _random;
    private long _scheduled;
    private int _numbers;

    public KademliaModel(ulong seed, LookupSettings? settings = null)
    {
        _random = new SplitMix64(seed);
        _settings = settings ?? new LookupSettings();
    }

    /// <summary>The virtual time.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>The nodes that are there.</summary>
    public IReadOnlyList<ModelNode> Up => _up;

    /// <summary>The node with an id.</summary>
    public ModelNode this[NodeId id] => _byId[id];

    /// <summary>A random number below a bound.</summary>
    public int Draw(int below) => (int)(_random.Next() % (ulong)below);

    /// <summary>Does something later.</summary>
    public void After(TimeSpan wait, Action act) => _events.Enqueue(act, (Now + wait, ++_scheduled));

    /// <summary>Lets time pass.</summary>
    public void RunFor(TimeSpan time)
    {
        TimeSpan end = Now + time;
        while (_events.TryPeek(out _, out (TimeSpan At, long Number) next) && next.At <= end)
        {
            Action act = _events.Dequeue();
            Now = next.At;
            act();
        }

        Now = end;
    }

    /// <summary>Makes nodes, one after another, each of which knows one of those before it.</summary>
    public void Grow(int nodes, TimeSpan pause)
    {
        for (int i = 0; i < nodes; i++)
        {
            Join();
            RunFor(pause);
        }
    }

    /// <summary>A new node joins by a random other one.</summary>
    public ModelNode Join()
    {
        ModelNode? first = _up.Count == 0 ? null : Honest();
        ModelNode node = Add(DhtGiven.Contact(_numbers++));
        if (first is not null)
        {
            node.Table.Hear(first.Contact, Now);
            WalkHome(node, DhtLimits.FirstOwnWalk);
        }

        After(s_upkeep * (Draw(1000) / 1000.0), () => Maintain(node));
        return node;
    }

    /// <summary>Adds a node that does nothing by itself.</summary>
    public ModelNode Add(DhtContact contact)
    {
        ModelNode node = new(contact, Now);
        _byId.Add(node.Id, node);
        _up.Add(node);
        return node;
    }

    /// <summary>A random honest node.</summary>
    public ModelNode Honest()
    {
        ModelNode node;
        do
        {
            node = _up[Draw(_up.Count)];
        }
        while (node.Sybils is not null);
        return node;
    }

    /// <summary>A node dies without a word.</summary>
    public void Kill(ModelNode node)
    {
        node.IsUp = false;
        _up.Remove(node);
    }

    /// <summary>Nodes die at random and others join, so that half of them are gone after a time.</summary>
    public void Churn(TimeSpan halfLife)
    {
        double perSecond = Math.Log(2) / halfLife.TotalSeconds * _up.Count;
        double wait = -Math.Log(1 - (Draw(1_000_000) / 1_000_000.0)) / perSecond;
        After(TimeSpan.FromSeconds(wait), () =>
        {
            Kill(Honest());
            Join();
            Churn(halfLife);
        });
    }

    /// <summary>Begins a lookup.</summary>
    /// <param name="from">The node that looks.</param>
    /// <param name="key">The key.</param>
    /// <param name="wanted">The node that is looked for; null for the closest nodes.</param>
    /// <param name="service">The service whose providers are looked for; null for none.</param>
    /// <param name="done">Called at the end.</param>
    public ModelLookup Start(
        ModelNode from, DhtKey key, NodeId? wanted, DhtKey? service = null, Action<ModelLookup>? done = null)
    {
        from.Table.NoteLookup(key, Now);
        Lookup lookup = new(
            _settings, key, from.Id, wanted, from.Table.ClosestTo(key, DhtLimits.Closest, isForOthers: false), Now);
        ModelLookup started = new(lookup, from, Now) { Done = done };
        Pump(started, key, service);
        return started;
    }

    /// <summary>A node says to the nodes closest to the key of a service that it offers it.</summary>
    public void Provide(ModelNode node, DhtKey service) => Start(node, service, null, done: lookup =>
    {
        foreach (DhtContact holder in lookup.Lookup.Closest)
        {
            if (_byId[holder.Id] is { IsUp: true, Sybils: null } keeper)
            {
                keeper.Providers.Add(service, node.Contact, Now);
            }
        }
    });

    private void Pump(ModelLookup started, DhtKey key, DhtKey? service)
    {
        while (started.Lookup.TryNext(Now, out DhtContact? next))
        {
            Ask(started.From, next.Id, key, answer =>
            {
                if (answer is null)
                {
                    started.Lookup.Failed(next.Id, DhtFault.Unreachable);
                }
                else
                {
                    if (service is { } wanted && _byId[next.Id].Sybils is null)
                    {
                        started.Providers.UnionWith(
                            _byId[next.Id].Providers.Of(wanted, Now, ref _random).Select(static found => found.Id));
                    }

                    started.Lookup.Answered(next.Id, answer);
                }

                Pump(started, key, service);
            });
        }

        if (started.Lookup.End is not null && started.Ended == default)
        {
            started.Ended = Now;
            started.Done?.Invoke(started);
        }
    }

    private void Ask(ModelNode from, NodeId to, DhtKey key, Action<IReadOnlyList<DhtContact>?> done)
    {
        ModelNode asked = _byId[to];
        TimeSpan latency = TimeSpan.FromMilliseconds(20 + Draw(160));
        After(latency / 2, () =>
        {
            if (!asked.IsUp)
            {
                After(s_unreachable, () => End(null));
                return;
            }

            IReadOnlyList<DhtContact> answer = asked.Answer(from, key, Now);
            After(latency / 2, () => End(answer));
        });

        void End(IReadOnlyList<DhtContact>? answer)
        {
            if (!from.IsUp)
            {
                return;
            }

            if (answer is null)
            {
                from.Table.Failed(to, Now);
            }
            else
            {
                from.Table.Hear(asked.Contact, Now);
                from.Table.Answered(to, isReachable: true, Now);
            }

            done(answer);
        }
    }

    private void WalkHome(ModelNode node, TimeSpan pause)
    {
        if (node.IsUp)
        {
            Start(node, node.Table.Key, null);
            TimeSpan next = pause * 2 < DhtLimits.LastOwnWalk ? pause * 2 : DhtLimits.LastOwnWalk;
            After(pause, () => WalkHome(node, next));
        }
    }

    private void Maintain(ModelNode node)
    {
        if (!node.IsUp)
        {
            return;
        }

        for (int i = 0; i < DhtLimits.Parallel && node.Table.TakeCheck(Now) is { } due; i++)
        {
            Ask(node, due.Id, node.Table.Key, static _ => { });
        }

        if (node.Table.TakeWalk(Now, ref _random) is { } key)
        {
            Start(node, key, null);
        }

        After(s_upkeep, () => Maintain(node));
    }
}
