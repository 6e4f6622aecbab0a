namespace ActorP2P;

/// <summary>What a ban comes from.</summary>
public enum BanOrigin
{
    /// <summary>Penalty points. Such a ban never concerns a peer that the node keeps connected itself.</summary>
    Penalty,
    /// <summary>The program, or whoever uses it.</summary>
    Program,
}
