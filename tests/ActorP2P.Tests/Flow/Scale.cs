using System.Globalization;
using ActorP2P.TestKit;

namespace ActorP2P.Tests.Flow;

/// <summary>
/// How much of a scenario runs: a part by default, all of it when an environment variable asks for it.
/// </summary>
internal static class Scale
{
    /// <summary>The value 1 runs scenarios in full, and those with seeds on a thousand.</summary>
    public const string Variable = "ACTORP2P_WHOLE";

    /// <summary>The number of seeds to run.</summary>
    public const string SeedsVariable = "ACTORP2P_SEEDS";

    /// <summary>Whether scenarios run in full.</summary>
    public static bool IsWhole => Environment.GetEnvironmentVariable(Variable) == "1";

    /// <summary>Returns the usual number or the one of a full run.</summary>
    public static int Of(int usually, int whole) => IsWhole ? whole : usually;

    /// <summary>Runs a scenario with the requested number of seeds; a failure names its seed.</summary>
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
