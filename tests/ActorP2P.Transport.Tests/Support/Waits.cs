namespace ActorP2P.Transport.Tests;

/// <summary>How long tests wait for what happens at once on real threads.</summary>
internal static class Waits
{
    /// <summary>Only a hang reaches it.</summary>
    public static readonly TimeSpan Guard = TimeSpan.FromSeconds(30);
}
