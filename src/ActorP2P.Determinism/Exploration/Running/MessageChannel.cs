namespace ActorP2P.Determinism;

/// <summary>The way from one actor to another, whose messages keep their order.</summary>
/// <param name="name">The two paths.</param>
internal sealed class MessageChannel(string name)
{
    public string Name => name;

    /// <summary>How many messages have been sent.</summary>
    public int Sent { get; set; }

    /// <summary>When the last delayed message arrives. A later one arrives no sooner.</summary>
    public TimeSpan Until { get; set; }
}
