namespace ActorP2P.Benchmarks;

/// <summary>
/// Keeps two measurements from running on one machine at a time: each would be part of the other's load. It is a lock
/// on a file of the machine, which ends with its process.
/// </summary>
internal sealed class MachineLock : IDisposable
{
    /// <summary>The exit code of a program that has waited for the machine in vain.</summary>
    public const int ExitCode = 3;

    // Longer than a complete run of either program takes.
    private static readonly TimeSpan s_longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan s_betweenTries = TimeSpan.FromSeconds(1);

    private readonly FileStream _file;

    private MachineLock(FileStream file) => _file = file;

    /// <summary>The file of this machine.</summary>
    public static string Path { get; } =
        System.IO.Path.Combine(System.IO.Path.GetTempPath(), "actorp2p-benchmarks.lock");

    /// <summary>
    /// Whether a command line of this program measures, and needs the machine for itself. What only tests does not,
    /// nor does any process that a measurement starts.
    /// </summary>
    public static bool IsNeededFor(IReadOnlyList<string> arguments) => arguments switch
    {
        [] => false,
        ["compare", _, { } saved] => !saved.EndsWith(".json", StringComparison.Ordinal),
        ["draw" or "smoke" or "soak" or "chaos" or "fuzz", ..] => false,
        ["chaos-node" or "serve" or "hold" or "start" or "flooded" or "flooder", ..] => false,
        _ => true,
    };

    /// <summary>Waits for the machine.</summary>
    /// <param name="log">The writer that is told of the wait.</param>
    /// <returns>The lock; null when the other measurement has not ended in half an hour.</returns>
    public static Task<MachineLock?> TakeAsync(TextWriter log) => TakeAsync(Path, log, TimeProvider.System);

    /// <summary>Waits for a lock.</summary>
    /// <param name="path">The file.</param>
    /// <param name="log">The writer that is told of the wait.</param>
    /// <param name="time">The clock.</param>
    public static async Task<MachineLock?> TakeAsync(string path, TextWriter log, TimeProvider time)
    {
        bool isTold = false;
        for (long start = time.GetTimestamp(); ;)
        {
            if (TryTake(path) is { } taken)
            {
                return taken;
            }

            if (!isTold)
            {
                await log.WriteLineAsync("Another measurement runs on this machine; waiting for it.");
                isTold = true;
            }

            if (time.GetElapsedTime(start) >= s_longest)
            {
                await log.WriteLineAsync(
                    $"It has not ended in {s_longest.TotalMinutes:0} minutes, so nothing was measured.");
                return null;
            }

            await Task.Delay(s_betweenTries, time);
        }
    }

    /// <summary>Takes a lock if nobody has it.</summary>
    /// <returns>The lock; null when another process, or another part of this one, has it.</returns>
    public static MachineLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        return new MachineLock(file);
    }

    /// <summary>
    /// Lets the next one measure. The file stays: another process may have opened it already, and its lock would not be
    /// that of a new file.
    /// </summary>
    public void Dispose() => _file.Dispose();
}
