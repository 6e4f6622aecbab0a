namespace ActorP2P.Tests.Faults;

/// <summary>What the reader of an <see cref="Unreadable"/> does.</summary>
public enum Mishap
{
    /// <summary>It throws.</summary>
    Throw,
    /// <summary>It reads past the end of what came.</summary>
    ReadPastEnd,
}
