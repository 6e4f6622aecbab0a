namespace ActorP2P.Hocon;

/// <summary>How far the merge of some layers is.</summary>
internal enum LayersState
{
    /// <summary>Nobody asked yet.</summary>
    Unknown,

    /// <summary>Being worked out: who asks again has found a cycle.</summary>
    Busy,

    /// <summary>Worked out.</summary>
    Known,
}
