using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Runs this program with another verb in a process of its own. The process reads orders line by line and answers each
/// with one line.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();

    private ChildProcess(Process process)
    {
        _process = process;

        // This needs a thread of its own: reading a pipe blocks, and the few threads of the pool are needed for what is
        // measured.
        new Thread(Read) { IsBackground = true }.Start();
    }

    public static ChildProcess Start(params string[] arguments) => Start(
        new ProcessStartInfo(Environment.ProcessPath!), arguments);

    /// <summary>Starts it on one processor. All its threads stay there.</summary>
    public static ChildProcess StartOn(int processor, params string[] arguments)
    {
        ProcessStartInfo start = new("taskset");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(processor.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(Environment.ProcessPath!);
        return Start(start, arguments);
    }

    private static ChildProcess Start(ProcessStartInfo start, string[] arguments)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(Assembly.GetEntryAssembly()!.Location);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Sends an order and waits until it is carried out.</summary>
    public async Task<string> OrderAsync(string order)
    {
        await _process.StandardInput.WriteLineAsync(order);
        await _process.StandardInput.FlushAsync();
        return await AnswerAsync();
    }

    /// <summary>Waits for the next line that the process writes.</summary>
    public async Task<string> AnswerAsync()
    {
        string answer = await _answers.Reader.ReadAsync();
        return answer.StartsWith("unknown", StringComparison.Ordinal)
            ? throw new InvalidOperationException(answer)
            : answer;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(10)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            _answers.Writer.TryWrite(line);
        }

        _answers.Writer.Complete(new InvalidOperationException("The second process has ended."));
    }
}
