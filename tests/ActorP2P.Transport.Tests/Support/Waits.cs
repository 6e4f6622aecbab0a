namespace ActorP2P.Transport.Tests;

/// <summary>How long tests wait for something that happens at once on real threads.</summary>
internal static class Waits
{
    /// <summary>A test reaches this limit only when something hangs.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
}
