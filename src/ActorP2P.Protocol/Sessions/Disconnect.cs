namespace ActorP2P;

/// <summary>The end of a session: why, which side ended it, and details.</summary>
/// <param name="Reason">Why, from the closed set.</param>
/// <param name="Side">Who ended it.</param>
/// <param name="Detail">A text for people: limits, values, the other side's text. It is never parsed.</param>
public sealed record Disconnect(DisconnectReason Reason, DisconnectSide Side, string Detail)
{
    /// <summary>Whether this is an honest end, for which the peer gets no penalty and may be dialled again.</summary>
    public bool IsOrderly => Reason <= DisconnectReason.DuplicateConnection;

    /// <summary><c>side: reason (detail)</c>.</summary>
    public override string ToString() => Detail.Length == 0 ? $"{Side}: {Reason}" : $"{Side}: {Reason} ({Detail})";
}
