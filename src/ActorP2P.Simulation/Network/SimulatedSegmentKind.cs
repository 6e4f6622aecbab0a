namespace ActorP2P.Simulation;

/// <summary>What travels on a simulated connection.</summary>
internal enum SimulatedSegmentKind
{
    /// <summary>The last step of a connect: the listener may take the connection.</summary>
    Open,
    /// <summary>Bytes of the stream.</summary>
    Data,
    /// <summary>The receiver has read so many bytes; as many more may be sent.</summary>
    Window,
    /// <summary>The end of the stream.</summary>
    Fin,
    /// <summary>The end of the connection.</summary>
    Reset,
}
