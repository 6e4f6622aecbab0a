namespace ActorP2P.Protocol;

/// <summary>
/// Which nodes offer which services, as they have told this node. Records last an hour unless they are renewed. There
/// are bounds for each service, for each node and for all together; what is beyond them is refused, so that nobody
/// drives out what is kept.
/// </summary>
internal sealed class ProviderTable
{
    /// <summary>Providers of one service. Three times what an answer has, so that answers can vary.</summary>
    public const int MostPerKey = 3 * DhtLimits.MaxProviders;

    /// <summary>Providers of one service in one group of addresses.</summary>
    public const int MostPerGroup = DhtLimits.PerGroup;

    /// <summary>Services of one node. As many as a record names.</summary>
    public const int MostPerNode = NodeRecord.MaxServices;

    /// <summary>Records in all: at most 4 MiB of them.</summary>
    public const int Most = 4096;

    private readonly Dictionary<DhtKey, ProvidersOfKey> _keys = [];
    private readonly Dictionary<NodeId, int> _counts = [];

    // All have the same lifetime, so the order of renewal is that of expiry.
    private readonly LinkedList<ProviderEntry> _byExpiry = [];

    /// <summary>Records that are kept.</summary>
    public int Count => _byExpiry.Count;

    /// <summary>When the first record expires; null when there is none.</summary>
    public TimeSpan? NextExpiry => _byExpiry.First?.Value.Expires;

    /// <summary>Keeps a record, or renews it.</summary>
    /// <param name="key">The key of the service.</param>
    /// <param name="provider">The node that offers it.</param>
    /// <param name="now">The time.</param>
    public ProviderOutcome Add(DhtKey key, DhtContact provider, TimeSpan now)
    {
        Expire(now);
        _keys.TryGetValue(key, out ProvidersOfKey? providers);
        ProviderEntry? known = providers?.Find(provider.Id);
        if (known is not null && known.Provider.Record.Sequence > provider.Record.Sequence)
        {
            return ProviderOutcome.Stale;
        }

        if (known is not null)
        {
            Remove(known);
            _keys.TryGetValue(key, out providers);
        }

        ProviderOutcome outcome = RefusalOf(provider, providers);
        if (outcome == ProviderOutcome.Kept)
        {
            ProviderEntry entry = new(key, provider, now + DhtLimits.ProviderLifetime);
            entry.Place = _byExpiry.AddLast(entry);
            _counts[provider.Id] = _counts.GetValueOrDefault(provider.Id) + 1;
            if (providers is null)
            {
                _keys.Add(key, providers = new ProvidersOfKey());
            }

            providers.Add(entry);
        }

        return outcome;
    }

    /// <summary>
    /// The providers of a service, at most as many as an answer has; if there are more, some at random.
    /// </summary>
    public IReadOnlyList<DhtContact> Of(DhtKey key, TimeSpan now, ref SplitMix64 random)
    {
        Expire(now);
        if (!_keys.TryGetValue(key, out ProvidersOfKey? providers))
        {
            return [];
        }

        List<DhtContact> all = [.. providers.Entries.Select(static entry => entry.Provider)];
        for (int i = 0; all.Count > DhtLimits.MaxProviders && i < DhtLimits.MaxProviders; i++)
        {
            int other = i + (int)(random.Next() % (ulong)(all.Count - i));
            (all[i], all[other]) = (all[other], all[i]);
        }

        return all.Count <= DhtLimits.MaxProviders ? all : all.GetRange(0, DhtLimits.MaxProviders);
    }

    /// <summary>Forgets the records whose time is over.</summary>
    public void Expire(TimeSpan now)
    {
        while (_byExpiry.First is { } first && first.Value.Expires <= now)
        {
            Remove(first.Value);
        }
    }

    private ProviderOutcome RefusalOf(DhtContact provider, ProvidersOfKey? providers) =>
        _counts.GetValueOrDefault(provider.Id) >= MostPerNode ? ProviderOutcome.NodeFull
        : providers?.Entries.Count >= MostPerKey ? ProviderOutcome.KeyFull
        : providers?.Groups.HasRoom(provider.Groups) == false ? ProviderOutcome.GroupFull
        : Count >= Most ? ProviderOutcome.TableFull
        : ProviderOutcome.Kept;

    private void Remove(ProviderEntry entry)
    {
        _byExpiry.Remove(entry.Place!);
        int left = _counts[entry.Provider.Id] - 1;
        if (left == 0)
        {
            _counts.Remove(entry.Provider.Id);
        }
        else
        {
            _counts[entry.Provider.Id] = left;
        }

        ProvidersOfKey providers = _keys[entry.Key];
        providers.Remove(entry);
        if (providers.Entries.Count == 0)
        {
            _keys.Remove(entry.Key);
        }
    }

    private sealed class ProviderEntry(DhtKey key, DhtContact provider, TimeSpan expires)
    {
        public DhtKey Key => key;

        public DhtContact Provider => provider;

        public TimeSpan Expires => expires;

        public LinkedListNode<ProviderEntry>? Place { get; set; }
    }

    private sealed class ProvidersOfKey
    {
        public List<ProviderEntry> Entries { get; } = [];

        public GroupCounts Groups { get; } = new(MostPerGroup);

        public ProviderEntry? Find(NodeId id) => Entries.Find(entry => entry.Provider.Id == id);

        public void Add(ProviderEntry entry)
        {
            Entries.Add(entry);
            Groups.Add(entry.Provider.Groups);
        }

        public void Remove(ProviderEntry entry)
        {
            Entries.Remove(entry);
            Groups.Remove(entry.Provider.Groups);
        }
    }
}
