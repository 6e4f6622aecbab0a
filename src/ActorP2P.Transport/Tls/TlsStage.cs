namespace ActorP2P.Transport;

/// <summary>How far a <see cref="TlsConnection"/> has come.</summary>
internal enum TlsStage
{
    /// <summary>The handshake is under way, or has not begun.</summary>
    Handshake,
    /// <summary>Bytes pass.</summary>
    Open,
    /// <summary>The handshake has failed.</summary>
    Failed,
    /// <summary>This side has given the connection up.</summary>
    Closed,
}
