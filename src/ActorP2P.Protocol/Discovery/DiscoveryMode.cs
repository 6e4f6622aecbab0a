namespace ActorP2P;

/// <summary>Whether a node looks for other nodes by itself.</summary>
public enum DiscoveryMode
{
    /// <summary>If the settings say where to begin.</summary>
    Auto,

    /// <summary>Yes; without a place to begin, it waits for others to connect.</summary>
    On,

    /// <summary>No; it answers no questions for addresses either.</summary>
    Off,
}
