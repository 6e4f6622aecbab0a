namespace ActorP2P.Simulation;

/// <summary>
/// Shares the capacities of lines among flows, of which each uses two lines, max-min fairly: no flow can get more
/// without another one that has no more getting less.
/// </summary>
internal static class MaxMinShares
{
    // Shares that differ by less are equal: they are decided together, which saves rounds.
    private const double Equal = 1e-9;

    /// <summary>The rate of each flow.</summary>
    /// <param name="first">The number of the line that each flow uses first.</param>
    /// <param name="second">The number of the line that it uses second.</param>
    /// <param name="capacities">The capacity of each line; infinite for no limit.</param>
    public static double[] Of(ReadOnlySpan<int> first, ReadOnlySpan<int> second, ReadOnlySpan<double> capacities)
    {
        double[] rates = new double[first.Length];
        Array.Fill(rates, double.NaN);
        double[] left = capacities.ToArray();
        int[] flows = new int[capacities.Length];
        for (int flow = 0; flow < first.Length; flow++)
        {
            flows[first[flow]]++;
            flows[second[flow]]++;
        }

        List<int> decided = [];
        for (int open = first.Length; open > 0; open -= decided.Count)
        {
            double share = LeastShare(left, flows);
            decided.Clear();
            for (int flow = 0; flow < first.Length; flow++)
            {
                if (double.IsNaN(rates[flow]) && (IsTight(left, flows, first[flow], share)
                    || IsTight(left, flows, second[flow], share)))
                {
                    rates[flow] = share;
                    decided.Add(flow);
                }
            }

            foreach (int flow in decided)
            {
                Take(left, flows, first[flow], share);
                Take(left, flows, second[flow], share);
            }
        }

        return rates;
    }

    private static double LeastShare(double[] left, int[] flows)
    {
        double least = double.PositiveInfinity;
        for (int line = 0; line < left.Length; line++)
        {
            if (flows[line] > 0)
            {
                least = Math.Min(least, left[line] / flows[line]);
            }
        }

        return least;
    }

    private static bool IsTight(double[] left, int[] flows, int line, double share) =>
        double.IsPositiveInfinity(share) || left[line] / flows[line] <= share * (1 + Equal);

    /// <summary>Takes a flow and its share off a line.</summary>
    private static void Take(double[] left, int[] flows, int line, double share)
    {
        flows[line]--;
        left[line] = double.IsPositiveInfinity(left[line]) ? left[line] : Math.Max(0, left[line] - share);
    }
}
