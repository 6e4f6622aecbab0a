namespace ActorP2P.Tests.Faults;

/// <summary>The fault of the reader of an <see cref="Unreadable"/>.</summary>
public enum Mishap
{
    /// <summary>The reader throws.</summary>
    Throw,
    /// <summary>The reader reads beyond the end of the payload.</summary>
    ReadPastEnd,
}
