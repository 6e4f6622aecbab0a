namespace ActorP2P;

/// <summary>What a program answers when it is asked whether to admit a peer.</summary>
public sealed record Admission
{
    private Admission(bool isAdmitted, string reason)
    {
        IsAdmitted = isAdmitted;
        Reason = reason;
    }

    /// <summary>The peer is admitted.</summary>
    public static Admission Admit { get; } = new(true, "");

    /// <summary>Whether the peer is admitted.</summary>
    public bool IsAdmitted { get; }

    /// <summary>
    /// Why the peer is not admitted, a text for people that the peer is told; empty if it is admitted.
    /// </summary>
    public string Reason { get; }

    /// <summary>The peer is not admitted.</summary>
    /// <param name="reason">A text for people, which the peer is told; cut to 256 bytes of UTF-8.</param>
    public static Admission Refuse(string reason = "")
    {
        ArgumentNullException.ThrowIfNull(reason);
        return new Admission(false, reason.Length == 0 ? "the program does not admit it" : reason);
    }
}
