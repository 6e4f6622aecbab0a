using System.Globalization;
using Xunit.Abstractions;

namespace ActorP2P.Simulation.Tests;

/// <summary>Connections and handles of twenty nodes under random faults.</summary>
public sealed class LastingPeersTests(ITestOutputHelper output)
{
    // ACTORP2P_LASTING_SEEDS sets a larger number, and ACTORP2P_LASTING_FIRST another seed to begin with.
    private static readonly int Count = Variable("ACTORP2P_LASTING_SEEDS", 8);
    private static readonly int First = Variable("ACTORP2P_LASTING_FIRST", 1);

    [Fact]
    public void Twenty_nodes_are_whole_again_with_one_link_per_pair()
    {
        SortedDictionary<string, int> all = new(StringComparer.Ordinal);
        foreach (ulong seed in Seeds.From((ulong)First, Count))
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
            "asks answered", "asks repeated", "asks failed", "tells waited", $"{DisconnectReason.DuplicateConnection}",
            $"{DisconnectReason.PingTimeout}", $"{DisconnectReason.ConnectionReset}",
        ];
        Assert.All(Seeds.Asked is null ? sometimes : [], what => Assert.True(all.ContainsKey(what), $"never: {what}"));
    }

    private static int Variable(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int number)
            ? number
            : otherwise;
}
