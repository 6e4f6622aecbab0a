namespace ActorP2P.Determinism;

/// <summary>
/// Runs windows of several partitions at the same time, each on a thread of its own and the first on the
/// caller's. It does not use the thread pool, because a simulation must not wait for other work there.
/// </summary>
internal sealed class SimulationThreads : IDisposable
{
    private readonly Worker[] _workers;
    private readonly CountdownEvent _working = new(1);

    public SimulationThreads(int threads) =>
        _workers = [.. Enumerable.Range(1, threads - 1).Select(number => new Worker(this, number))];

    /// <summary>Runs the windows of all these partitions to their end.</summary>
    public void Run(IReadOnlyList<SimulatedPartition> partitions, long horizon)
    {
        _working.Reset(partitions.Count);
        for (int i = 1; i < partitions.Count; i++)
        {
            _workers[i - 1].Start(partitions[i], horizon);
        }
        partitions[0].RunWindow(horizon);
        _working.Signal();
        _working.Wait();
    }

    /// <summary>Ends the threads. It must not be called while a window runs.</summary>
    public void Dispose()
    {
        foreach (Worker worker in _workers)
        {
            worker.Dispose();
        }
        _working.Dispose();
    }

    private sealed class Worker : IDisposable
    {
        private readonly SemaphoreSlim _work = new(0);
        private readonly SimulationThreads _owner;
        private readonly Thread _thread;
        private SimulatedPartition? _partition;
        private long _horizon;

        public Worker(SimulationThreads owner, int number)
        {
            _owner = owner;
            _thread = new Thread(Work) { IsBackground = true, Name = $"simulation {number}" };
            _thread.Start();
        }

        public void Start(SimulatedPartition partition, long horizon)
        {
            _partition = partition;
            _horizon = horizon;
            _work.Release();
        }

        public void Dispose()
        {
            _partition = null;
            _work.Release();
            _thread.Join();
            _work.Dispose();
        }

        private void Work()
        {
            while (true)
            {
                _work.Wait();
                if (_partition is not { } partition)
                {
                    return;
                }
                partition.RunWindow(_horizon);
                _owner._working.Signal();
            }
        }
    }
}
