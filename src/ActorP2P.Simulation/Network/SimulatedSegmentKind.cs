namespace ActorP2P.Simulation;

/// <summary>The kinds of segments on a simulated connection.</summary>
internal enum SimulatedSegmentKind
{
    /// <summary>The last step of a connect: the listener may accept the connection.</summary>
    Open,
    /// <summary>Bytes of the stream.</summary>
    Data,
    /// <summary>The receiver has read a number of bytes, and the sender may send as many more.</summary>
    Window,
    /// <summary>The receiver's system has a number of bytes. Sent only while slow start needs it.</summary>
    Ack,
    /// <summary>The end of the stream.</summary>
    Fin,
    /// <summary>The end of the connection.</summary>
    Reset,
}
