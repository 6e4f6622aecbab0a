namespace ActorP2P.Benchmarks;

/// <summary>The processes of a chaos run, the proxies before them, and the ledgers that they write.</summary>
internal sealed class ChaosCluster : IDisposable
{
    /// <summary>How many nodes there are.</summary>
    public const int Nodes = 4;

    private static readonly TimeSpan s_obeyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_meetWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(100);

    // The time to drain, the time for a refused peer to read why, and time for the threads of a busy machine.
    private static readonly TimeSpan s_stopWithin = ChaosSettings.DrainTimeout + TimeSpan.FromSeconds(17);

    private readonly PlantedBug _bug;
    private readonly IReadOnlyList<TransportKind> _transports;
    private readonly string _directory = Directory.CreateTempSubdirectory("actorp2p-chaos-").FullName;
    private readonly ChaosProcess?[] _processes = new ChaosProcess?[Nodes];
    private readonly int[] _started = new int[Nodes];
    private readonly List<LedgerFile> _ledgers = [];

    /// <summary>Makes the proxies; <see cref="StartAsync"/> starts processes behind them.</summary>
    /// <param name="bug">A bug to be found.</param>
    /// <param name="transports">What carries the nodes' bytes; with several the nodes take turns.</param>
    public ChaosCluster(PlantedBug bug, IReadOnlyList<TransportKind> transports)
    {
        _bug = bug;
        _transports = transports;
        Proxies = [.. Enumerable.Range(0, Nodes).Select(_ => new CutProxy())];
    }

    /// <summary>What stands before each node.</summary>
    public IReadOnlyList<CutProxy> Proxies { get; }

    /// <summary>The process of a node.</summary>
    /// <exception cref="ChaosFailedException">There is none.</exception>
    public ChaosProcess this[int node] => _processes[node] is { } process
        ? process
        : throw new ChaosFailedException($"node {node} was not started again");

    /// <summary>The processes there are.</summary>
    public IEnumerable<ChaosProcess> Running => _processes.OfType<ChaosProcess>();

    private string Names => $"names {string.Join(' ', Proxies.Select(proxy => proxy.Address))}";

    /// <summary>Starts a node.</summary>
    /// <param name="node">Its number.</param>
    /// <param name="port">Where it is to listen; 0 lets the system choose.</param>
    /// <exception cref="ChaosFailedException">It did not start.</exception>
    public async Task StartAsync(int node, int port = 0)
    {
        int incarnation = _started[node]++;
        string ledger = Path.Combine(_directory, $"{node}.{incarnation}.ledger");
        ChaosHostOptions options = new(
            node, Nodes, incarnation, port, ledger, _bug, [.. Proxies.Select(proxy => proxy.Port)]);
        ChaosProcess process = await ChaosProcess.StartAsync(
            options, _transports[node % _transports.Count], Names, s_obeyWithin);
        _ledgers.Add(process.Ledger);
        _processes[node] = process;
        Proxies[node].Target = process.Port;
    }

    /// <summary>Stops a node in order, and its process with it.</summary>
    /// <exception cref="ChaosFailedException">It did not stop in time, or not in order.</exception>
    public async Task StopAsync(int node)
    {
        ChaosProcess process = this[node];
        await process.RequireAsync("stop", s_stopWithin);
        await process.EndAsync(s_obeyWithin);
        Forget(node);
    }

    /// <summary>Kills a node's process.</summary>
    public async Task KillAsync(int node)
    {
        await this[node].KillAsync();
        Forget(node);
    }

    /// <summary>Starts a node again whose process has ended through no fault of the node's.</summary>
    public Task ReviveAsync(int node)
    {
        this[node].Ledger.WasKilled = true;
        Forget(node);
        return StartAsync(node);
    }

    /// <summary>Gives all processes an order that must be answered by <c>ok</c>.</summary>
    /// <exception cref="ChaosFailedException">One did not carry it out.</exception>
    public Task OrderAllAsync(string order) => OrderAllAsync(order, s_obeyWithin);

    /// <inheritdoc cref="OrderAllAsync(string)"/>
    public Task OrderAllAsync(string order, TimeSpan within) =>
        Task.WhenAll(Running.Select(process => process.RequireAsync(order, within)));

    /// <summary>Tells all processes where the names lead.</summary>
    public Task TellNamesAsync() => OrderAllAsync(Names);

    /// <summary>Waits until every node is connected with every other.</summary>
    /// <exception cref="ChaosFailedException">One stays alone.</exception>
    public async Task MeetAsync()
    {
        long until = Environment.TickCount64 + (long)s_meetWithin.TotalMilliseconds;
        foreach (ChaosProcess process in Running)
        {
            while (await process.OrderAsync("met", s_obeyWithin) != "ok")
            {
                if (Environment.TickCount64 > until)
                {
                    throw new ChaosFailedException($"node {process.Ledger.Node} does not find back to the others");
                }

                await Task.Delay(s_lookAgain);
            }
        }
    }

    /// <summary>What all processes, those that are gone too, have written since the last time.</summary>
    public IReadOnlyList<LedgerPart> ReadLedgers() =>
        [.. _ledgers.Select(ledger => new LedgerPart(ledger, ledger.ReadOn()))];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ChaosProcess process in Running)
        {
            process.Dispose();
        }

        foreach (CutProxy proxy in Proxies)
        {
            proxy.Dispose();
        }

        Directory.Delete(_directory, recursive: true);
    }

    private void Forget(int node)
    {
        Proxies[node].Target = 0;
        _processes[node]?.Dispose();
        _processes[node] = null;
    }
}
