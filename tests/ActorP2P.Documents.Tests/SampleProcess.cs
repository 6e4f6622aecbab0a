using System.Diagnostics;
using System.Threading.Channels;

namespace ActorP2P.Documents.Tests;

/// <summary>Runs a sample as a process of its own, and kills it when the test ends before it does.</summary>
internal sealed class SampleProcess : IDisposable
{
    // The test reaches this limit only when the sample hangs.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(120);

    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Process _process;

    public SampleProcess(string sample, params string[] arguments)
        : this(new FileInfo(Path.Combine(AppContext.BaseDirectory, $"{sample}.dll")), arguments)
    {
    }

    private SampleProcess(FileInfo program, string[] arguments)
    {
        ProcessStartInfo start =
            new("dotnet") { RedirectStandardOutput = true, RedirectStandardInput = true, RedirectStandardError = true };
        start.ArgumentList.Add(program.FullName);
        Array.ForEach(arguments, start.ArgumentList.Add);
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, e) => Take(e.Data);
        _process.ErrorDataReceived += (_, e) => _lines.Writer.TryWrite(e.Data ?? "(end of errors)");
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts a sample where it was built, which is not beside the tests.</summary>
    public static SampleProcess WhereBuilt(string sample)
    {
        // The end of the tests' own folder names configuration and framework.
        string output = Path.GetRelativePath(
            Path.Combine(Repository.Root, "tests/ActorP2P.Documents.Tests"), AppContext.BaseDirectory);
        return new SampleProcess(
            new FileInfo(Path.Combine(Repository.Root, "samples", sample, output, $"{sample}.dll")), []);
    }

    /// <summary>Types a line.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for a line that begins with the given text and skips others.</summary>
    /// <returns>The rest of the line.</returns>
    public async Task<string> ExpectAsync(string beginning)
    {
        List<string> seen = [];
        while (true)
        {
            string line = await _lines.Reader.ReadAsync().AsTask().WaitAsync(s_guard);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line[beginning.Length..];
            }

            seen.Add(line);
            Assert.False(line == "(end of output)",
                $"No line began with '{beginning}', but there were: {string.Join(" | ", seen)}");
        }
    }

    /// <summary>Tells it to end by SIGTERM, and waits for its end.</summary>
    /// <returns>The lines it still printed.</returns>
    public async Task<IReadOnlyList<string>> TerminateAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync().WaitAsync(s_guard);
        return await EndAsync();
    }

    /// <summary>Ends its input and waits for its end.</summary>
    /// <returns>The lines it still printed.</returns>
    public async Task<IReadOnlyList<string>> EndAsync()
    {
        _process.StandardInput.Close();
        List<string> lines = [];
        for (string line = ""; line != "(end of output)";)
        {
            line = await _lines.Reader.ReadAsync().AsTask().WaitAsync(s_guard);
            lines.Add(line);
        }

        await _process.WaitForExitAsync().WaitAsync(s_guard);
        Assert.Equal(0, _process.ExitCode);
        return [.. lines.Where(line => !line.StartsWith("(end of", StringComparison.Ordinal))];
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line) => _lines.Writer.TryWrite(line ?? "(end of output)");
}
