namespace ActorP2P;

/// <summary>Why a lookup in the distributed hash table failed.</summary>
public enum DhtFailure
{
    /// <summary>This node knows no other node of the distributed hash table yet.</summary>
    NobodyKnown,
    /// <summary>The lookup took too long.</summary>
    TimedOut,
    /// <summary>The lookup has asked as many nodes as it may.</summary>
    TooManyQuestions,
    /// <summary>As many lookups run and wait as the node allows.</summary>
    Busy,
    /// <summary>The node offers as many services as it may.</summary>
    TooManyServices,
    /// <summary>The part of the node that looks up has failed, and was started again.</summary>
    NodeFailed,
}
