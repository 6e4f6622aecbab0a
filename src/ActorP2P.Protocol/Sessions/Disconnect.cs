namespace ActorP2P;

/// <summary>The end of a session: why, on whose word, and what is known beyond that.</summary>
/// <param name="Reason">Why, from the closed set.</param>
/// <param name="Side">Who ended it.</param>
/// <param name="Detail">For people: limits, values, the other side's text. Never parsed.</param>
public sealed record Disconnect(DisconnectReason Reason, DisconnectSide Side, string Detail)
{
    /// <summary>Whether an honest end that asks for no penalty and invites a later dial.</summary>
    public bool IsOrderly => Reason <= DisconnectReason.DuplicateConnection;

    /// <summary><c>side: reason (detail)</c>.</summary>
    public override string ToString() => Detail.Length == 0 ? $"{Side}: {Reason}" : $"{Side}: {Reason} ({Detail})";
}
