namespace ActorP2P.Simulation;

/// <summary>The messages between coordinator and members of a run with real nodes, besides those of any run.</summary>
internal static class RealMessages
{
    /// <summary>A member must start its share of the nodes.</summary>
    /// <param name="Seed">The seed.</param>
    /// <param name="Index">Which of the members it is, from 0.</param>
    /// <param name="Members">The number of members.</param>
    public sealed record Begin(ulong Seed, int Index, int Members);

    /// <summary>A member's nodes have started.</summary>
    /// <param name="Addresses">A list of <see cref="RealAddress"/> as JSON.</param>
    public sealed record Started(string Addresses);

    /// <summary>A member must link its nodes with those of the others.</summary>
    /// <param name="Addresses">A list of <see cref="RealAddress"/> as JSON: all nodes.</param>
    public sealed record Link(string Addresses);

    /// <summary>A member's nodes are linked.</summary>
    public sealed record Linked;

    /// <summary>A member must do what the scenario says from a time on.</summary>
    /// <param name="At">The time, in ticks of universal time.</param>
    public sealed record Play(long At);

    /// <summary>A member has done everything.</summary>
    /// <param name="Part">A <see cref="RealPart"/> as JSON.</param>
    public sealed record Played(string Part);

    /// <summary>A member must stop its nodes, because all members have done everything.</summary>
    public sealed record Stop;

    /// <summary>A member's nodes have stopped.</summary>
    public sealed record Stopped;

    /// <summary>A member could not do what it was to do.</summary>
    public sealed record Failed(string Reason);
}
