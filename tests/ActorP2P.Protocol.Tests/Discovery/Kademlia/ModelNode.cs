namespace ActorP2P.Protocol.Tests.Discovery.Kademlia;

/// <summary>A node of the model: its tables, and how it answers.</summary>
/// <param name="contact">Its record.</param>
/// <param name="born">When it joined.</param>
internal sealed class ModelNode(DhtContact contact, TimeSpan born)
{
    /// <summary>Its record.</summary>
    public DhtContact Contact => contact;

    /// <summary>Its id.</summary>
    public NodeId Id => contact.Id;

    /// <summary>When it joined.</summary>
    public TimeSpan Born => born;

    /// <summary>The nodes it knows.</summary>
    public RoutingTable Table { get; } = new(contact.Id);

    /// <summary>The providers it knows.</summary>
    public ProviderTable Providers { get; } = new();

    /// <summary>Whether it is there.</summary>
    public bool IsUp { get; set; } = true;

    /// <summary>The attackers that it belongs to; null when it is honest.</summary>
    public IReadOnlyList<DhtContact>? Sybils { get; set; }

    /// <summary>Questions that it was asked.</summary>
    public long Asked { get; private set; }

    /// <summary>Answers a question for the nodes closest to a key.</summary>
    public IReadOnlyList<DhtContact> Answer(ModelNode from, DhtKey key, TimeSpan now)
    {
        Asked++;
        if (Sybils is not null)
        {
            return [.. Sybils.OrderBy(sybil => sybil.Key.DistanceTo(key)).Take(DhtLimits.Closest)];
        }

        Table.Hear(from.Contact, now);
        return Table.ClosestTo(key, DhtLimits.Closest, isForOthers: true);
    }
}
