namespace ActorP2P;

/// <summary>Who ended a session.</summary>
public enum DisconnectSide
{
    /// <summary>This node decided it.</summary>
    Local,
    /// <summary>The other node said goodbye.</summary>
    Remote,
    /// <summary>Neither: the connection broke.</summary>
    Transport,
}
