using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>The process of one node, seen from the run.</summary>
internal sealed class ChaosProcess : IDisposable
{
    /// <summary>What an answer begins with: the actor system writes to standard output too.</summary>
    public const string AnswerPrefix = "> ";

    private const int KeptLines = 20;

    private readonly Process _process;
    private readonly Channel<string> _answers = Channel.CreateUnbounded<string>();
    private readonly List<string> _errors = [];

    private ChaosProcess(Process process, LedgerFile ledger)
    {
        _process = process;
        Ledger = ledger;
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What the process writes.</summary>
    public LedgerFile Ledger { get; }

    /// <summary>Where its node listens.</summary>
    public int Port { get; private set; }

    /// <summary>The process's id.</summary>
    public int Id => _process.Id;

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>
    /// Whether the runtime has ended it for want of descriptors: it needs some for itself. It says no more than one
    /// line of this for each thread that it could not start.
    /// </summary>
    public bool WasEndedByRuntime
    {
        get
        {
            lock (_errors)
            {
                return _process.HasExited && _process.ExitCode == Unix.AbortedExitCode
                    && _errors.Count > 0 && _errors.TrueForAll(static line => line == "Out of memory.");
            }
        }
    }

    /// <summary>How it ended, and what it said last on its standard error.</summary>
    public string Ending
    {
        get
        {
            lock (_errors)
            {
                return $"exit code {_process.ExitCode}: {string.Join(" | ", _errors)}";
            }
        }
    }

    /// <summary>What it held when nothing was under way for the first time.</summary>
    public ChaosSample? FirstSample { get; set; }

    /// <summary>Starts a process, and its node in it.</summary>
    /// <param name="options">What it is told.</param>
    /// <param name="transport">What carries its node's bytes.</param>
    /// <param name="names">The order that says where the nodes' names lead.</param>
    /// <param name="within">The time it has to start.</param>
    /// <exception cref="ChaosFailedException">It did not start.</exception>
    public static async Task<ChaosProcess> StartAsync(
        ChaosHostOptions options, TransportKind transport, string names, TimeSpan within)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(ChaosProcess).Assembly.Location);
        }

        BenchTransport.Give(start, transport);
        start.ArgumentList.Add("chaos-node");
        foreach (string argument in options.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        if (options.Node == ChaosSettings.SmallNode)
        {
            start.Environment["DOTNET_GCHeapHardLimit"] = ChaosSettings.SmallHeap;
        }

        ChaosProcess process = new(
            Process.Start(start)!, new LedgerFile(options.Ledger, options.Node, options.Incarnation));
        try
        {
            string port = await process.OrderAsync(names, within);
            process.Port = int.Parse(port, CultureInfo.InvariantCulture);
            return process;
        }
        catch (ChaosFailedException)
        {
            process.Dispose();
            throw;
        }
    }

    /// <summary>Gives an order and waits until it is carried out.</summary>
    /// <exception cref="ChaosFailedException">It was not carried out in time, or the process has ended.</exception>
    public async Task<string> OrderAsync(string order, TimeSpan within)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(order);
            await _process.StandardInput.FlushAsync();
            using CancellationTokenSource deadline = new(within);
            return await _answers.Reader.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ChaosFailedException(
                $"{Name} hangs: the order '{Verb(order)}' took more than {within.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is IOException or ChannelClosedException)
        {
            await _process.WaitForExitAsync();
            throw new ChaosFailedException(
                $"{Name} has ended before the order '{Verb(order)}' was carried out, {Ending}");
        }
    }

    /// <summary>Gives an order that must be answered by <c>ok</c>.</summary>
    /// <exception cref="ChaosFailedException">
    /// It was not carried out in time, or not at all, or the process has ended.
    /// </exception>
    public async Task RequireAsync(string order, TimeSpan within)
    {
        string answer = await OrderAsync(order, within);
        if (answer != "ok")
        {
            throw new ChaosFailedException($"{Name} answers '{Verb(order)}' with: {answer}");
        }
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    /// <exception cref="ChaosFailedException">It has not in time, or with an exit code other than 0.</exception>
    public async Task EndAsync(TimeSpan within)
    {
        using CancellationTokenSource deadline = new(within);
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new ChaosFailedException($"{Name} hangs: its node has stopped, and the process does not end");
        }

        if (_process.ExitCode != 0)
        {
            throw new ChaosFailedException($"{Name} has ended with {Ending}");
        }
    }

    /// <summary>Kills the process on purpose.</summary>
    public async Task KillAsync()
    {
        Ledger.WasKilled = true;
        Unix.Kill(Id);
        await _process.WaitForExitAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private string Name => $"node {Ledger.Node}.{Ledger.Incarnation}";

    private static string Verb(string order) => order.Split(' ')[0];

    private void Take(string? line)
    {
        if (line is null)
        {
            _answers.Writer.TryComplete();
        }
        else if (line.StartsWith(AnswerPrefix, StringComparison.Ordinal))
        {
            _answers.Writer.TryWrite(line[AnswerPrefix.Length..]);
        }
    }

    private void Keep(string? line)
    {
        lock (_errors)
        {
            if (line is not null && _errors.Count < KeptLines)
            {
                _errors.Add(line);
            }
        }
    }
}
