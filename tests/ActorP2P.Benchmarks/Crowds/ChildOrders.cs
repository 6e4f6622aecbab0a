namespace ActorP2P.Benchmarks;

/// <summary>The orders of a second process: it reads them line by line and answers each with one line.</summary>
internal static class ChildOrders
{
    /// <summary>Answers orders on the calling thread, which must not be a thread of the pool, until they end.</summary>
    /// <param name="first">The line to begin with.</param>
    /// <param name="obey">Carries out an order and returns the answer.</param>
    public static void Serve(string first, Func<string[], Task<string>> obey)
    {
        Answer(first);
        while (Console.In.ReadLine() is { } line)
        {
            Answer(obey(line.Split(' ')).GetAwaiter().GetResult());
        }
    }

    private static void Answer(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
