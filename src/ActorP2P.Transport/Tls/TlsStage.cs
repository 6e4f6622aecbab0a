namespace ActorP2P.Transport;

/// <summary>The stages of a <see cref="TlsConnection"/>.</summary>
internal enum TlsStage
{
    /// <summary>The handshake has not begun or is in progress.</summary>
    Handshake,
    /// <summary>The handshake is complete, and bytes can be sent and received.</summary>
    Open,
    /// <summary>The handshake has failed.</summary>
    Failed,
    /// <summary>This side has closed the connection.</summary>
    Closed,
}
