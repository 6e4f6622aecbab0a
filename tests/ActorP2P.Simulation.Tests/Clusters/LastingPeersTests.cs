using System.Globalization;
using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests;

/// <summary>Connections and handles of twenty nodes under random faults.</summary>
public sealed class LastingPeersTests(ITestOutputHelper output)
{
    // ACTORP2P_LASTING_SEEDS sets a larger number.
    private static readonly int Count = int.TryParse(
        Environment.GetEnvironmentVariable("ACTORP2P_LASTING_SEEDS"), out int count) ? count : 8;

    [Fact]
    public void Twenty_nodes_are_whole_again_with_one_link_per_pair()
    {
        SortedDictionary<string, int> all = new(StringComparer.Ordinal);
        foreach (ulong seed in Seeds.From(1, Count))
        {
            foreach ((string what, int times) in LastingPeers.Run(seed))
            {
                all[what] = all.GetValueOrDefault(what) + times;
            }
        }

        foreach ((string what, int times) in all)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {times}"));
        }

        // A run that never meets what it is about proves nothing.
        string[] sometimes =
        [
            "cut", "cut one way", "partition", "kill", "restart", "reset", "forget", "clock step", "handle connected",
            "asks answered", "asks repeated", $"{DisconnectReason.DuplicateConnection}",
            $"{DisconnectReason.PingTimeout}", $"{DisconnectReason.ConnectionReset}",
        ];
        Assert.All(Seeds.Asked is null ? sometimes : [], what => Assert.True(all.ContainsKey(what), $"never: {what}"));
    }
}
