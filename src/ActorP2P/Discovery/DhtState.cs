using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What a node knows of the distributed hash table. It outlives the restarts of the <see cref="DhtActor"/>, which alone
/// uses it; any thread may read its figures.
/// </summary>
/// <param name="own">This node.</param>
/// <param name="networkId">The network.</param>
/// <param name="signer">Checks signatures.</param>
/// <param name="seed">The seed of its random numbers.</param>
internal sealed class DhtState(NodeId own, string networkId, ISigner signer, ulong seed)
{
    private SplitMix64 _random = new(seed);
    private DhtStatistics _figures = new();

    /// <summary>The network.</summary>
    public string NetworkId => networkId;

    /// <summary>The nodes that it knows.</summary>
    public RoutingTable Table { get; } = new(own);

    /// <summary>The providers that others have told it of.</summary>
    public ProviderTable Providers { get; } = new();

    /// <summary>The services that it offers itself.</summary>
    public RepublishPlan Offered { get; } = new();

    /// <summary>Reads records.</summary>
    public RecordReader Reader { get; } = new(networkId, signer);

    /// <summary>What others have done wrong.</summary>
    public DhtFaultCounts Faults { get; } = new();

    /// <summary>The source of random keys.</summary>
    public ref SplitMix64 Random => ref _random;

    /// <summary>The number of the last question, so that an answer never counts for another one.</summary>
    public long LastQuestion { get; set; }

    /// <summary>The figures, a snapshot.</summary>
    public DhtStatistics Figures => Volatile.Read(ref _figures);

    /// <summary>A question to a node has failed. One that is only busy is there.</summary>
    public void NoteFailure(NodeId id, DhtFault fault, TimeSpan now)
    {
        Faults.Add(fault);
        if (fault != DhtFault.Busy)
        {
            Table.Failed(id, now);
        }
    }

    /// <summary>Publishes the figures.</summary>
    public void Note(int lookups, long answered) => Volatile.Write(ref _figures, new DhtStatistics
    {
        Nodes = Table.Count,
        Waiting = Table.Waiting,
        Providers = Providers.Count,
        Lookups = lookups,
        Asked = LastQuestion,
        Answered = answered,
    });
}
