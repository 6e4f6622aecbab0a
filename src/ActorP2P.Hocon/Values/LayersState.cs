namespace ActorP2P.Hocon;

/// <summary>The state of the merge of some layers.</summary>
internal enum LayersState
{
    /// <summary>It has not been asked for.</summary>
    Unknown,

    /// <summary>It is being computed. Asking for it again means that there is a cycle.</summary>
    Busy,

    /// <summary>It is known.</summary>
    Known,
}
