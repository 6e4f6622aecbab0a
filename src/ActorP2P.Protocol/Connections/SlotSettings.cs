namespace ActorP2P;

/// <summary>How the node shares out its connections among those who dial it, and whom it dials itself.</summary>
public sealed record SlotSettings
{
    /// <summary>
    /// The most inbound connections. Null leaves a sixteenth of <c>MaxConnections</c> to connections that this node
    /// dials, so that nobody who dials it can keep it from dialling others.
    /// </summary>
    public int? MaxInbound { get; init; }

    /// <summary>
    /// The most inbound connections that are ready from one address group: a /24 of IPv4, a /64 of IPv6. Loopback and
    /// private addresses are not limited.
    /// </summary>
    public int InboundPerGroup { get; init; } = 8;

    /// <summary>
    /// The outbound connections to one network, a /16 of IPv4 or a /32 of IPv6, from which on discovery dials nobody
    /// else there. Those that the program has asked for count, but are not limited. Each loopback or private address is
    /// a network of its own.
    /// </summary>
    public int OutboundPerGroup { get; init; } = 1;

    /// <summary>Checks that the values are valid.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not; the message names it, the value and what is allowed.
    /// </exception>
    public SlotSettings Validated()
    {
        if (MaxInbound < 0)
        {
            throw new ArgumentException($"{nameof(MaxInbound)} is {MaxInbound}; allowed: 0 or more.",
                nameof(MaxInbound));
        }

        RequirePositive(InboundPerGroup, nameof(InboundPerGroup));
        RequirePositive(OutboundPerGroup, nameof(OutboundPerGroup));
        return this;
    }

    /// <summary>The most inbound connections of a node with this many connections in all.</summary>
    internal int MaxInboundOf(int maxConnections) => MaxInbound ?? (maxConnections - (maxConnections / 16));

    private static void RequirePositive(int value, string name)
    {
        if (value <= 0)
        {
            throw new ArgumentException($"{name} is {value}; allowed: 1 or more.", name);
        }
    }
}
