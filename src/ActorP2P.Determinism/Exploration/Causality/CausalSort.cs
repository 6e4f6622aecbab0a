namespace ActorP2P.Determinism;

/// <summary>What kind of event it is.</summary>
internal enum CausalSort
{
    /// <summary>A message between actors.</summary>
    Message,

    /// <summary>An answer to an Ask.</summary>
    Answer,

    /// <summary>A message of supervision: a failure, a restart, a stop.</summary>
    Supervision,

    /// <summary>A message of Akka's own that a reader need not see.</summary>
    Internal,

    /// <summary>A timer that fired.</summary>
    Timer,

    /// <summary>Two causes that come together.</summary>
    Join,
}
