using System.Globalization;
using Xunit.Abstractions;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>
/// Attackers who flood a book for a day. Runs differ by much more than the number of connections lets one expect,
/// because all connections of a run are drawn from one book; so the mean of several runs is what counts. The
/// environment's ACTORP2P_FLOODS sets their number; docs/discovery.md has the figures of 40.
/// </summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    // Of a run; the largest of the four kinds.
    private const double Deviation = 0.012;

    private static readonly int s_runs = int.Parse(
        Environment.GetEnvironmentVariable("ACTORP2P_FLOODS") ?? "1", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(1, true, 8, 500)]
    [InlineData(51, false, 8, 500)]
    [InlineData(101, true, 0, 1_000)]
    [InlineData(151, false, 0, 1_000)]
    public void Attackers_get_no_more_than_their_share_of_networks(
        ulong firstSeed, bool inventsAddresses, int peersBefore, int toldInAMinute) => Assert.InRange(
            Mean(firstSeed, inventsAddresses, peersBefore, toldInAMinute),
            0, FloodedBook.HostileShare + (3 * Deviation / Math.Sqrt(s_runs)));

    private double Mean(ulong firstSeed, bool inventsAddresses, int peersBefore, int toldInAMinute)
    {
        double[] shares = new double[s_runs];
        for (int run = 0; run < shares.Length; run++)
        {
            FloodedBook book = new(firstSeed + (ulong)run, inventsAddresses);
            book.AskFirst(peersBefore);
            book.FloodForADay(toldInAMinute);
            string before = $"honest networks {book.Honest} of {book.Networks}, tried {book.Tried}, "
                + $"of which attackers have {book.HostileShareOfTried:p1}";
            FloodedBook again = book.Restarted();
            Assert.Equal((book.Tried, book.HostileShareOfTried), (again.Tried, again.HostileShareOfTried));
            Assert.InRange(again.Honest, 0.98 * book.Honest, book.Honest);
            shares[run] = book.Connect(sets: 300);
            output.WriteLine($"{shares[run]:p2} of connections; {before}");
        }

        double mean = shares.Average();
        double deviation = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / Math.Max(1, shares.Length - 1));
        output.WriteLine($"mean {mean:p2} +- {deviation / Math.Sqrt(shares.Length):p2}, deviation of a run "
            + $"{deviation:p2}; share of networks {FloodedBook.HostileShare:p2}");
        return mean;
    }
}
