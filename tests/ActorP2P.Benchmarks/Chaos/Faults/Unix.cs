using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ActorP2P.Benchmarks;

/// <summary>Calls of the C library that .NET does not offer, with Linux's numbers.</summary>
internal static class Unix
{
    /// <summary>The exit code of a process that has aborted itself: 128 plus the number of SIGABRT.</summary>
    public const int AbortedExitCode = 134;

    private const int SignalKill = 9;
    private const int SignalContinue = 18;
    private const int SignalStop = 19;
    private const int ResourceDescriptors = 7;

    /// <summary>Suspends a process.</summary>
    public static void Suspend(int process) => Send(process, SignalStop);

    /// <summary>Lets a suspended process go on.</summary>
    public static void Resume(int process) => Send(process, SignalContinue);

    /// <summary>Kills a process, suspended or not.</summary>
    public static void Kill(int process) => Send(process, SignalKill);

    /// <summary>Sets how many descriptors a process may have open, and returns the former limit.</summary>
    public static ulong LimitDescriptors(int process, ulong limit)
    {
        Limit before = default;
        Check(ReadLimit(process, ResourceDescriptors, 0, ref before));
        Limit after = before with { Soft = limit };
        Check(WriteLimit(process, ResourceDescriptors, ref after, 0));
        return before.Soft;
    }

    private static void Send(int process, int signal) => Check(SendSignal(process, signal));

    private static void Check(int result)
    {
        if (result != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SendSignal(int process, int signal);

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ReadLimit(int process, int resource, nint none, ref Limit before);

    [DllImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int WriteLimit(int process, int resource, ref Limit after, nint none);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}
