namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// Reads orders from standard input and writes each answer to standard output. What a system prints itself goes to
/// standard error, so that it is not taken for an answer.
/// </summary>
internal static class Orders
{
    /// <summary>
    /// Serves on the calling thread, which must not be a thread of the pool: reading standard input blocks, and on two
    /// cores the pool would have only one thread left for everything that is measured.
    /// </summary>
    public static void Serve(Func<string, Task<string>> obey)
    {
        TextWriter answers = Console.Out;
        Console.SetOut(Console.Error);
        while (Console.In.ReadLine() is { } order)
        {
            string answer = Task.Run(() => obey(order)).GetAwaiter().GetResult();
            answers.WriteLine(answer);
            answers.Flush();
        }
    }
}
