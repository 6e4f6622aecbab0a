namespace ActorP2P.Tests.Flow;

/// <summary>How much of a scenario is played: little with every change, all of it when the environment asks.</summary>
internal static class Scale
{
    /// <summary>Set to 1 to play scenarios whole.</summary>
    public const string Variable = "ACTORP2P_WHOLE";

    /// <summary>Whether scenarios are played whole.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The one figure or the other.</summary>
    public static int Of(int usually, int whole) => IsWhole ? whole : usually;
}
