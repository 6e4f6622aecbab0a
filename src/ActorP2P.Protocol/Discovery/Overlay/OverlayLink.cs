namespace ActorP2P.Protocol;

/// <summary>A connection as the plan of connections sees it.</summary>
/// <param name="Number">Its number in the node.</param>
/// <param name="Address">The address of the remote end, with the node's id if that is known.</param>
/// <param name="Node">The node there, as far as it is known or claimed.</param>
/// <param name="IsOutbound">Whether this node dialled it.</param>
/// <param name="Since">Since when it is ready.</param>
internal sealed record OverlayLink(long Number, PeerAddress Address, NodeId? Node, bool IsOutbound, TimeSpan Since)
{
    /// <summary>The network of the remote end.</summary>
    public string Group { get; } = NetworkGroup.Of(Address);

    /// <summary>Why the plan has dialled it; null: it has not.</summary>
    public DialPurpose? Purpose { get; set; }

    /// <summary>Whether its peer was asked for addresses although the plan has not dialled it.</summary>
    public bool IsAsked { get; set; }

    /// <summary>Whether it is about to be closed.</summary>
    public bool IsClosing { get; set; }

    /// <summary>Whether it is one of the connections that the node wants to have.</summary>
    public bool Counts => IsOutbound && !IsClosing && Purpose is not (DialPurpose.Feeler or DialPurpose.Bootstrap);
}
