namespace ActorP2P;

/// <summary>Finds the known name that a misspelt name most likely means.</summary>
internal static class NearestName
{
    /// <summary>
    /// The name that needs the fewest changes; null when every name needs more than a third of the letters.
    /// </summary>
    public static string? Of(string name, IEnumerable<string> names)
    {
        int allowed = Math.Max(2, name.Length / 3);
        return names
            .Select(
                known =>
                    (Name: known, Distance: Math.Min(Distance(name, known), Distance(Last(name), Last(known)) + 1)))
            .Where(known => known.Distance <= allowed)
            .OrderBy(known => known.Distance)
            .Select(known => known.Name)
            .FirstOrDefault();
    }

    // A right name in the wrong section counts as one change.
    private static string Last(string name) => name[(name.LastIndexOf('.') + 1)..];

    /// <summary>
    /// Counts the letters to insert, delete, replace or swap with the next: Damerau's restricted distance.
    /// </summary>
    private static int Distance(string from, string to)
    {
        int[,] costs = new int[from.Length + 1, to.Length + 1];
        for (int i = 0; i <= from.Length; i++)
        {
            for (int j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    costs[i, j] = i + j;
                    continue;
                }
                int exchange = costs[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                costs[i, j] = Math.Min(exchange, Math.Min(costs[i - 1, j], costs[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    costs[i, j] = Math.Min(costs[i, j], costs[i - 2, j - 2] + 1);
                }
            }
        }
        return costs[from.Length, to.Length];
    }
}
