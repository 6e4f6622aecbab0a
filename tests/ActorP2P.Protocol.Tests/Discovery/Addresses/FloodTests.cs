using System.Globalization;
using Xunit.Abstractions;

namespace ActorP2P.Protocol.Tests.Discovery;

/// <summary>
/// Attackers who flood a book for a day. Runs differ by much more than the number of connections lets one expect,
/// because all connections of a run are drawn from one book; so the mean of several runs is what counts. The
/// environment's ACTORP2P_FLOODS sets their number; docs/discovery.md has the figures of six.
/// </summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    // Of a run, as six runs have shown; with invented addresses in an empty book few addresses have worked.
    private const double Deviation = 0.017;
    private const double DeviationOfFew = 0.07;

    private static readonly int s_runs = int.Parse(
        Environment.GetEnvironmentVariable("ACTORP2P_FLOODS") ?? "2", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Attackers_get_no_more_than_their_share_of_networks(bool inventsAddresses) => Assert.InRange(
        Mean(1, inventsAddresses, peersBefore: 8, toldInAMinute: 500),
        0, FloodedBook.HostileShare + (3 * Deviation / Math.Sqrt(s_runs)));

    // The first addresses that work are more often theirs, because theirs are there first: docs/discovery.md.
    [Theory]
    [InlineData(true, DeviationOfFew)]
    [InlineData(false, Deviation)]
    public void In_an_empty_book_attackers_get_little_more(bool inventsAddresses, double deviation) => Assert.InRange(
        Mean(101, inventsAddresses, peersBefore: 0, toldInAMinute: 1_000),
        0, FloodedBook.HostileShare + (3 * deviation / Math.Sqrt(s_runs)));

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
            shares[run] = book.Connect(sets: 100);
            output.WriteLine($"{shares[run]:p2} of connections; {before}");
        }

        double mean = shares.Average();
        double deviation = Math.Sqrt(shares.Sum(share => (share - mean) * (share - mean)) / (shares.Length - 1));
        output.WriteLine($"mean {mean:p2} +- {deviation / Math.Sqrt(shares.Length):p2}, deviation of a run "
            + $"{deviation:p2}; share of networks {FloodedBook.HostileShare:p2}");
        return mean;
    }
}
