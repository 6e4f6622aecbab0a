using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>The resources of the process, taken while nothing is under way.</summary>
internal readonly record struct SoakSample(int Descriptors, int Threads, long Managed)
{
    // The number of descriptors and threads varies with the needs of the runtime, such as a spare worker or a file. A
    // leak of one for each of thousands of connections is far larger.
    private const int SlackDescriptors = 8;
    private const int SlackThreads = 8;

    // Pools keep the buffers that a burst needed. The largest pool keeps 256 buffers of 66 KiB.
    private const long SlackManaged = 17 * 1024 * 1024;

    public static SoakSample Take()
    {
        for (int i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using Process self = Process.GetCurrentProcess();
        return new SoakSample(OpenDescriptors(), self.Threads.Count, GC.GetTotalMemory(forceFullCollection: true));
    }

    /// <summary>
    /// Whether no value exceeds that of <paramref name="first"/> by more than what the runtime may need for itself.
    /// </summary>
    public bool IsNoMoreThan(SoakSample first) =>
        Descriptors <= first.Descriptors + SlackDescriptors
        && Threads <= first.Threads + SlackThreads
        && Managed <= first.Managed + SlackManaged;

    // Assemblies and their symbols do not count: the runtime opens them when it first needs them, for a stack trace for
    // example, and keeps them open.
    private static int OpenDescriptors() => Directory.Exists("/proc/self/fd")
        ? Directory.GetFiles("/proc/self/fd").Count(path => !IsCode(new FileInfo(path).LinkTarget))
        : 0;

    private static bool IsCode(string? target) => target is not null
        && (target.EndsWith(".dll", StringComparison.Ordinal) || target.EndsWith(".pdb", StringComparison.Ordinal));

    public override string ToString() =>
        FormattableString.Invariant($"descriptors={Descriptors} threads={Threads} managed-KiB={Managed / 1024}");
}
