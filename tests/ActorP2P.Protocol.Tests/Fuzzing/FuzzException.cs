namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>Thrown when an input violates a promise of the protocol core.</summary>
internal sealed class FuzzException : Exception
{
    public FuzzException()
    {
    }

    public FuzzException(string message)
        : base(message)
    {
    }

    public FuzzException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Throws unless a promise holds. The text is a constant, because the check's own allocations would count as the
    /// target's.
    /// </summary>
    public static void Unless(bool holds, string broken)
    {
        if (!holds)
        {
            throw new FuzzException(broken);
        }
    }
}
