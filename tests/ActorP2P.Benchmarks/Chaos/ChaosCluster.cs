namespace ActorP2P.Benchmarks;

/// <summary>The processes of a chaos run, the proxies in front of them, and the ledgers that they write.</summary>
internal sealed class ChaosCluster : IDisposable
{
    /// <summary>How many nodes there are.</summary>
    public const int Nodes = 4;

    private static readonly TimeSpan s_obeyWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_meetWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(100);

    // The drain timeout, the time in which a refused peer may read the reason, and a reserve for a busy machine.
    private static readonly TimeSpan s_stopWithin = ChaosSettings.DrainTimeout + TimeSpan.FromSeconds(17);

    private readonly PlantedBug _bug;
    private readonly IReadOnlyList<TransportKind> _transports;
    private readonly string _directory = Directory.CreateTempSubdirectory("actorp2p-chaos-").FullName;
    private readonly ChaosProcess?[] _processes = new ChaosProcess?[Nodes];
    private readonly int[] _started = new int[Nodes];
    private readonly List<LedgerFile> _ledgers = [];

    /// <summary>Makes the proxies. <see cref="StartAsync"/> starts the processes behind them.</summary>
    /// <param name="bug">The bug that is planted into the nodes.</param>
    /// <param name="transports">The transports of the nodes; when there are several, the nodes take turns.</param>
    public ChaosCluster(PlantedBug bug, IReadOnlyList<TransportKind> transports)
    {
        _bug = bug;
        _transports = transports;
        Proxies = [.. Enumerable.Range(0, Nodes).Select(_ => new CutProxy())];
    }

    /// <summary>The proxy in front of each node.</summary>
    public IReadOnlyList<CutProxy> Proxies { get; }

    /// <summary>The process of a node.</summary>
    /// <exception cref="ChaosFailedException">The node has no process.</exception>
    public ChaosProcess this[int node] => _processes[node] is { } process
        ? process
        : throw new ChaosFailedException($"node {node} was not started again");

    /// <summary>The processes that run now.</summary>
    public IEnumerable<ChaosProcess> Running => _processes.OfType<ChaosProcess>();

    private string Names => $"names {string.Join(' ', Proxies.Select(proxy => proxy.Address))}";

    /// <summary>Starts a node.</summary>
    /// <param name="node">The node's number.</param>
    /// <param name="port">The port on which it listens; 0 lets the system choose.</param>
    /// <exception cref="ChaosFailedException">The node did not start.</exception>
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

    /// <summary>Stops a node in order, and ends its process.</summary>
    /// <exception cref="ChaosFailedException">The node did not stop in time or not in order.</exception>
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

    /// <summary>Starts a node again after its process has ended for a reason that is not the node's fault.</summary>
    public Task ReviveAsync(int node)
    {
        this[node].Ledger.WasKilled = true;
        Forget(node);
        return StartAsync(node);
    }

    /// <summary>Sends an order to all processes; each must answer <c>ok</c>.</summary>
    /// <exception cref="ChaosFailedException">A process did not carry out the order.</exception>
    public Task OrderAllAsync(string order) => OrderAllAsync(order, s_obeyWithin);

    /// <inheritdoc cref="OrderAllAsync(string)"/>
    public Task OrderAllAsync(string order, TimeSpan within) =>
        Task.WhenAll(Running.Select(process => process.RequireAsync(order, within)));

    /// <summary>Tells all processes the addresses to which the nodes' names resolve.</summary>
    public Task TellNamesAsync() => OrderAllAsync(Names);

    /// <summary>Waits until every node is connected to every other node.</summary>
    /// <exception cref="ChaosFailedException">A node did not reach all others in time.</exception>
    public async Task MeetAsync()
    {
        long until = Environment.TickCount64 + (long)s_meetWithin.TotalMilliseconds;
        foreach (ChaosProcess process in Running)
        {
            while (await process.OrderAsync("met", s_obeyWithin) != "ok")
            {
                if (Environment.TickCount64 > until)
                {
                    throw new ChaosFailedException($"node {process.Ledger.Node} is not connected to all other nodes");
                }

                await Task.Delay(s_lookAgain);
            }
        }
    }

    /// <summary>
    /// Reads what all processes, including those that have ended, wrote into their ledgers since the last call.
    /// </summary>
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
