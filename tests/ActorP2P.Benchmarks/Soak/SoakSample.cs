using System.Diagnostics;

namespace ActorP2P.Benchmarks;

/// <summary>What the process holds, taken while nothing is under way.</summary>
internal readonly record struct SoakSample(int Descriptors, int Threads, long Managed)
{
    // Descriptors and threads come and go with the runtime's own needs: a spare worker, a file it reads. A leak of one
    // for each of thousands of connections is far beyond.
    private const int SlackDescriptors = 8;
    private const int SlackThreads = 8;

    // Pools keep what a burst has needed: 256 buffers of 66 KiB are the largest of them.
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
    /// Whether nothing has grown since <paramref name="first"/> beyond what the runtime may take for itself.
    /// </summary>
    public bool IsNoMoreThan(SoakSample first) =>
        Descriptors <= first.Descriptors + SlackDescriptors
        && Threads <= first.Threads + SlackThreads
        && Managed <= first.Managed + SlackManaged;

    // Assemblies and their symbols do not count: the runtime opens them when it first has need to, for a stack trace
    // perhaps, and keeps them.
    private static int OpenDescriptors() => Directory.Exists("/proc/self/fd")
        ? Directory.GetFiles("/proc/self/fd").Count(path => !IsCode(new FileInfo(path).LinkTarget))
        : 0;

    private static bool IsCode(string? target) => target is not null
        && (target.EndsWith(".dll", StringComparison.Ordinal) || target.EndsWith(".pdb", StringComparison.Ordinal));

    public override string ToString() =>
        FormattableString.Invariant($"descriptors={Descriptors} threads={Threads} managed-KiB={Managed / 1024}");
}
