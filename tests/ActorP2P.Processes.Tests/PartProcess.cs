using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorP2P.Processes.Tests;

/// <summary>A part of a test that runs as a process of its own, and is killed with the test if it still runs.</summary>
internal sealed class PartProcess : IDisposable
{
    private readonly Process _process;

    private PartProcess(Process process) => _process = process;

    /// <summary>Starts a part.</summary>
    /// <param name="part">Its name in <see cref="Program"/>.</param>
    /// <param name="argument">What it takes; null: nothing.</param>
    /// <param name="environment">Variables of its environment.</param>
    public static PartProcess Start(
        string part, string? argument = null, params (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(DotnetHost)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(typeof(PartProcess).Assembly.Location);
        start.ArgumentList.Add(part);
        if (argument is not null)
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        return new PartProcess(Process.Start(start)!);
    }

    /// <summary>Reads what it prints, up to a line that begins as asked.</summary>
    /// <returns>What follows the beginning.</returns>
    /// <exception cref="EndOfStreamException">It ended before; the text has what it printed as errors.</exception>
    public async Task<string> ReadAsync(string beginning)
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line[beginning.Length..];
            }
        }

        throw new EndOfStreamException(await _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Ends its input, and waits for its end.</summary>
    /// <returns>The exit code, and all that it still printed.</returns>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        _process.StandardInput.Close();
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output, await errors);
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // The host that runs the tests also runs the part: the one whose runtime is loaded here.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
