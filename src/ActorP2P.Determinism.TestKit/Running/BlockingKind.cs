namespace ActorP2P.Determinism.TestKit;

/// <summary>What a thread waits for.</summary>
internal enum BlockingKind
{
    /// <summary>Another thread of the process.</summary>
    Real,

    /// <summary>A signal, for the timeout that the caller gave.</summary>
    Signal,

    /// <summary>
    /// A signal, inside a class of the runtime that has spun before. Its timeout is the rest, by the real clock, of the
    /// timeout that its caller gave.
    /// </summary>
    RestOfSignal,
}
