using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ActorP2P.Processes.Tests;

/// <summary>
/// A part of a test that runs as a process of its own. It is killed when the test ends before it does.
/// </summary>
internal sealed class PartProcess : IDisposable
{
    private readonly Process _process;

    private PartProcess(Process process) => _process = process;

    /// <summary>Starts a part.</summary>
    /// <param name="part">Its name in the program that the assembly of the tests is.</param>
    /// <param name="argument">The argument of the part; null for none.</param>
    /// <param name="environment">Environment variables of the process.</param>
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

    /// <summary>Reads the output up to a line that begins with the given text.</summary>
    /// <returns>The rest of that line.</returns>
    /// <exception cref="EndOfStreamException">
    /// The process ended before. The message contains its error output.
    /// </exception>
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

    /// <summary>Ends the input and waits until the process exits.</summary>
    /// <returns>The exit code and the remaining output.</returns>
    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        _process.StandardInput.Close();
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string output = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        return (_process.ExitCode, output, await errors);
    }

    /// <summary>Writes a line to the input.</summary>
    public async Task SendAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Kills the process, which has no time to do anything, and waits for its end.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.WaitForExitAsync();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    // The dotnet host that runs the tests also runs the part; it belongs to the runtime that is loaded here.
    private static string DotnetHost => Path.GetFullPath(Path.Combine(
        RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..",
        OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
