namespace ActorP2P.Protocol;

/// <summary>What became of a ban that was added to the <see cref="BanBook"/>.</summary>
internal enum BanOutcome
{
    /// <summary>It holds.</summary>
    Set,
    /// <summary>An earlier ban of the target lasts longer, or comes from the program, and stays.</summary>
    Kept,
    /// <summary>The book is full of bans of the program.</summary>
    Full,
}
