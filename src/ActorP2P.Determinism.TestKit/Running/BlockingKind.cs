namespace ActorP2P.Determinism.TestKit;

/// <summary>What a thread blocks for.</summary>
internal enum BlockingKind
{
    /// <summary>Another thread of the process.</summary>
    Real,

    /// <summary>A signal, for as long as the caller said.</summary>
    Signal,

    /// <summary>
    /// A signal, inside of a class of the runtime that has spun before and passes what is left, by the real clock, of
    /// what its caller said.
    /// </summary>
    RestOfSignal,
}
