namespace ActorP2P;

/// <summary>The application's judgement of a broadcast.</summary>
public enum Verdict
{
    /// <summary>Good: relay it.</summary>
    Accept,
    /// <summary>Of no use here: not relayed, and nobody's fault.</summary>
    Ignore,
    /// <summary>Objectively invalid, whoever looks at it: not relayed, and charged to the peer that sent it.</summary>
    Reject,
    /// <summary>Not to be judged yet: forgotten, so that it is judged when it comes again.</summary>
    Defer,
}
