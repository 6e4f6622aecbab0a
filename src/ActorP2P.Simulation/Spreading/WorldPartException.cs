namespace ActorP2P.Simulation;

/// <summary>
/// A world that is spread over several members has ended; the message says which member, when and why.
/// </summary>
public sealed class WorldPartException : Exception
{
    internal WorldPartException(string member, long window, TimeSpan virtualTime, string what, Exception? inner = null)
        : base($"{member}: {what} (window {window}, virtual time {virtualTime:c}).", inner)
    {
        Member = member;
        Window = window;
        VirtualTime = virtualTime;
    }

    /// <summary>The member that failed, or that sent what is wrong.</summary>
    public string Member { get; }

    /// <summary>The number of the window.</summary>
    public long Window { get; }

    /// <summary>The virtual time up to which all members had run.</summary>
    public TimeSpan VirtualTime { get; }
}
