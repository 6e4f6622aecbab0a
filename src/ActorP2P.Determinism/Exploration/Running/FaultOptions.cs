using System.Collections.Immutable;

namespace ActorP2P.Determinism;

/// <summary>What may go wrong in an explored run.</summary>
/// <param name="MessageDelay">The greatest delay of a message.</param>
/// <param name="TimerLateness">The greatest lateness of a timer.</param>
/// <param name="Crashes">The paths of actors that may crash; an asterisk at the end stands for any rest.</param>
/// <param name="MaxCrashes">How many crashes a run has at most.</param>
internal sealed record FaultOptions(
    TimeSpan MessageDelay, TimeSpan TimerLateness, ImmutableArray<string> Crashes, int MaxCrashes)
{
    /// <summary>Whether an actor may crash.</summary>
    public bool MayCrash(string path) => !Crashes.IsDefaultOrEmpty && Crashes.Any(pattern => pattern.EndsWith('*')
        ? path.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal)
        : path == pattern);
}
