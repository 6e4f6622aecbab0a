using System.Globalization;
using System.Runtime.InteropServices;

namespace BlockMesh.Tests.Processes;

/// <summary>The two calls of the C library that .NET does not offer.</summary>
internal static class Signals
{
    private const int Interrupt = 2;
    private const int Terminate = 15;

    /// <summary>Sends the signal of Ctrl+C.</summary>
    public static void SendInterrupt(int process) => Assert.Equal(0, Kill(process, Interrupt));

    /// <summary>Sends the signal with which a service manager ends a process.</summary>
    public static void SendTerminate(int process) => Assert.Equal(0, Kill(process, Terminate));

    /// <summary>
    /// A shell starts background jobs with the interrupt signal ignored, and child processes inherit this. It is undone
    /// here, so that the tests behave the same in the foreground and in the background.
    /// </summary>
    public static void StopIgnoringInterrupt()
    {
        const string field = "SigIgn:";
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        string line = File.ReadLines("/proc/self/status").First(
            line => line.StartsWith(field, StringComparison.Ordinal));
        ulong ignored = ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        if ((ignored & (1UL << (Interrupt - 1))) != 0)
        {
            Assert.NotEqual(-1, Signal(Interrupt, handler: 0));
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);

    [DllImport("libc", EntryPoint = "signal")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nint Signal(int signal, nint handler);
}
