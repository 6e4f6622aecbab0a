namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>A lookup of the model, from its start to its end.</summary>
/// <param name="lookup">The lookup.</param>
/// <param name="from">The node that looks.</param>
/// <param name="started">When it began.</param>
internal sealed class ModelLookup(Lookup lookup, ModelNode from, TimeSpan started)
{
    /// <summary>The lookup.</summary>
    public Lookup Lookup => lookup;

    /// <summary>The node that looks.</summary>
    public ModelNode From => from;

    /// <summary>When it began.</summary>
    public TimeSpan Started => started;

    /// <summary>When it ended.</summary>
    public TimeSpan Ended { get; set; }

    /// <summary>The providers that were found.</summary>
    public HashSet<NodeId> Providers { get; } = [];

    /// <summary>Called once at the end.</summary>
    public Action<ModelLookup>? Done { get; set; }
}
