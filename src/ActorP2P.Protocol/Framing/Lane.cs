namespace ActorP2P;

/// <summary>The priority class of a message. A lower value is served first; fragments of different lanes interleave.</summary>
public enum Lane : byte
{
    /// <summary>Session frames only: hello, ping, credit, goodbye, cancel, reset.</summary>
    Control = 0,
    /// <summary>Urgent application messages.</summary>
    High = 1,
    /// <summary>The default.</summary>
    Normal = 2,
    /// <summary>Large transfers that may wait.</summary>
    Bulk = 3,
}
