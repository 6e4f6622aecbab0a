using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorP2P.Cli.Tests;

/// <summary>
/// A shell in a process of its own, in which <c>$TOOL</c> is the tool; with <c>script</c> it runs in a terminal.
/// </summary>
internal sealed class Terminal : IDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private Terminal(Process process) => _process = process;

    /// <summary>Whether commands can run in a terminal here.</summary>
    public static bool IsAvailable => File.Exists("/usr/bin/script") && OperatingSystem.IsLinux();

    /// <summary>Starts a shell without a terminal.</summary>
    public static Terminal Pipe(string commands) => Start("/bin/bash", "-c", $"set -o pipefail; {commands}");

    /// <summary>
    /// Starts a command in a terminal of this width. The shell is replaced by it, because some shells that see Ctrl+C
    /// beside their command end with 130, whatever the command returned.
    /// </summary>
    public static Terminal Open(int width, string command) =>
        Start("/usr/bin/script", "-qec", $"stty cols {width} rows 30; exec {command}", "/dev/null");

    /// <summary>Presses Ctrl+C.</summary>
    public async Task InterruptAsync()
    {
        await _process.StandardInput.WriteAsync('\u0003');
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Sends the process a signal; it must be the command itself, by <c>exec</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Reads what is printed, until it has a text.</summary>
    public async Task<string> UntilAsync(string text)
    {
        string read = "";
        char[] buffer = new char[1024];
        while (!read.Contains(text, StringComparison.Ordinal))
        {
            int count = await _process.StandardOutput.ReadAsync(buffer).AsTask().WaitAsync(s_guard);
            read += count > 0 ? new string(buffer, 0, count) : throw new EndOfStreamException(read);
        }

        return read;
    }

    /// <summary>Waits for the end.</summary>
    public async Task<ToolResult> EndAsync()
    {
        Task<string> error = _process.StandardError.ReadToEndAsync();
        string output = await _process.StandardOutput.ReadToEndAsync().WaitAsync(s_guard);
        await _process.WaitForExitAsync().WaitAsync(s_guard);
        return new ToolResult(_process.ExitCode, output, await error);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static Terminal Start(string file, params string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string dotnet = Path.GetFullPath(
            Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        start.Environment["TOOL"] = $"{dotnet} {Path.Combine(AppContext.BaseDirectory, "ActorP2P.Cli.dll")}";
        start.Environment["TERM"] = "xterm-256color";
        return new Terminal(Process.Start(start)!);
    }
}
