namespace ActorP2P.Determinism;

/// <summary>What a claim says.</summary>
public enum ClaimKind
{
    /// <summary>It holds whenever it is reached.</summary>
    Always,

    /// <summary>It holds at least once in some run.</summary>
    Sometimes,

    /// <summary>The place is reached in some run.</summary>
    Reachable,

    /// <summary>The place is never reached.</summary>
    Unreachable,
}
