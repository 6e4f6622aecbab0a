using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace ActorP2P.Simulation.Tests;

/// <summary>Runs the tool as a process of its own. It is killed when the test ends before it does.</summary>
internal sealed class ToolProcess : IDisposable
{
    private readonly Process _process;

    private ToolProcess(Process process) => _process = process;

    public static ToolProcess Start(params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(DotnetHost) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "ActorP2P.Cli.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ToolProcess(Process.Start(start)!);
    }

    /// <summary>Reads the next line of its output.</summary>
    public async Task<string> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync()
        ?? throw new EndOfStreamException(await _process.StandardError.ReadToEndAsync());

    /// <summary>Reads lines that it prints to standard error, until one contains a text.</summary>
    public async Task ErrorWithAsync(string text)
    {
        string? line = "";
        while (!line.Contains(text, StringComparison.Ordinal))
        {
            line = await _process.StandardError.ReadLineAsync()
                ?? throw new EndOfStreamException($"Nothing on standard error has {text}.");
        }
    }

    /// <summary>Reads where it listens for other members.</summary>
    public async Task<string> ListeningAsync()
    {
        using JsonDocument line = JsonDocument.Parse(await ReadLineAsync());
        return line.RootElement.GetProperty("listening").GetString()!;
    }

    /// <summary>Reads until the cluster has this number of members, including this process.</summary>
    public async Task MembersAsync(int count)
    {
        while (count > 0)
        {
            count -= (await ReadLineAsync()).StartsWith("""{"member":""", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    /// <summary>Reads until a world has begun on all members.</summary>
    public async Task BeganAsync()
    {
        while (!(await ReadLineAsync()).StartsWith("""{"began":""", StringComparison.Ordinal))
        {
            // What comes before is not needed.
        }
    }

    /// <summary>Reads until it has printed this number of results.</summary>
    public async Task ResultsAsync(int count)
    {
        while (count > 0)
        {
            count -= (await ReadLineAsync()).Contains("TraceHash", StringComparison.Ordinal) ? 1 : 0;
        }
    }

    /// <summary>Waits until it exits.</summary>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output, await errors);
    }

    /// <summary>Sends it a signal, such as <c>TERM</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", [$"-{signal}", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Ends it between any two instructions.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
        OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
