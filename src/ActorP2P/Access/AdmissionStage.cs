namespace ActorP2P;

/// <summary>When a program is asked whether to admit a peer.</summary>
public enum AdmissionStage
{
    /// <summary>A connection was accepted; nothing but its address is known.</summary>
    Connection,
    /// <summary>Both sides have introduced themselves, and no message was answered or sent.</summary>
    Peer,
    /// <summary>The peer has sent its first message to a service.</summary>
    Service,
}
