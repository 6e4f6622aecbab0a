using System.Globalization;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>How much of a scenario is played: little with every change, all of it when the environment asks.</summary>
internal static class Scale
{
    /// <summary>Set to 1 to play scenarios whole, and those with seeds on a thousand.</summary>
    public const string Variable = "ACTORP2P_WHOLE";

    /// <summary>Set to the number of seeds to play.</summary>
    public const string SeedsVariable = "ACTORP2P_SEEDS";

    /// <summary>Whether scenarios are played whole.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>The one figure or the other.</summary>
    public static int Of(int usually, int whole) => IsWhole ? whole : usually;

    /// <summary>Plays a scenario on as many seeds as are asked for; what fails names its seed.</summary>
    public static void OnSeeds(int usually, Action<ulong> scenario)
    {
        int count = int.TryParse(Environment.GetEnvironmentVariable(SeedsVariable), NumberStyles.None,
            CultureInfo.InvariantCulture, out int asked)
            ? asked
            : Of(usually, 1_000);
        foreach (ulong seed in Seeds.From(1, count))
        {
            try
            {
                scenario(seed);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(
                    $"It fails with {Seeds.Variable}={seed}: {failure.Message}", failure);
            }
        }
    }
}
