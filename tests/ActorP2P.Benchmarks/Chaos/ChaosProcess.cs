using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace ActorP2P.Benchmarks;

/// <summary>The process of one node, as the chaos run sees it.</summary>
internal sealed class ChaosProcess : IDisposable
{
    /// <summary>
    /// The prefix of each answer. It is needed because the actor system also writes to standard output.
    /// </summary>
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

    /// <summary>The ledger that the process writes.</summary>
    public LedgerFile Ledger { get; }

    /// <summary>The port on which the node listens.</summary>
    public int Port { get; private set; }

    /// <summary>The id of the process.</summary>
    public int Id => _process.Id;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>
    /// Whether the .NET runtime has ended the process because no descriptor was left: the runtime needs some itself. In
    /// this case it writes only one line for each thread that it could not start.
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

    /// <summary>How the process ended, and the last lines of its standard error.</summary>
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

    /// <summary>The resources that the process held when nothing was under way for the first time.</summary>
    public ChaosSample? FirstSample { get; set; }

    /// <summary>Starts a process and the node in it.</summary>
    /// <param name="options">The options that are passed to the process.</param>
    /// <param name="transport">The transport of the node.</param>
    /// <param name="names">The order that tells the node the addresses of all names.</param>
    /// <param name="within">The time that the start may take.</param>
    /// <exception cref="ChaosFailedException">The process or its node did not start.</exception>
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

    /// <summary>Sends an order and waits until it is carried out.</summary>
    /// <exception cref="ChaosFailedException">
    /// The order was not carried out in time, or the process has ended.
    /// </exception>
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

    /// <summary>Sends an order that must be answered by <c>ok</c>.</summary>
    /// <exception cref="ChaosFailedException">
    /// The order failed, was not carried out in time, or the process has ended.
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
    /// <exception cref="ChaosFailedException">
    /// The process did not end in time, or it ended with an exit code other than 0.
    /// </exception>
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
