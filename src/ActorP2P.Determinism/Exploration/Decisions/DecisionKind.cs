namespace ActorP2P.Determinism;

/// <summary>What a schedule decides. In the plain order every decision is 0.</summary>
internal enum DecisionKind
{
    /// <summary>By how many steps a turn of an actor, or a continuation, is postponed.</summary>
    Turn = 't',

    /// <summary>Whether the driving program goes on while actors still have work.</summary>
    Program = 'p',

    /// <summary>How late a message arrives, in parts of the greatest delay.</summary>
    Delay = 'd',

    /// <summary>How late a timer fires, in parts of the greatest lateness.</summary>
    Lateness = 'l',

    /// <summary>Whether an actor crashes: 1 in the place of handling a message, 2 after it.</summary>
    Crash = 'c',

    /// <summary>What the driving program chose for its workload.</summary>
    Workload = 'w',
}
