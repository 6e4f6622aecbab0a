using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Determinism;

/// <summary>Plays runs on several threads of its own, and gives up those that never end.</summary>
/// <param name="threads">How many threads.</param>
/// <param name="limit">How long a run may take in real time.</param>
/// <param name="play">Plays a run on the calling thread and returns what it failed with.</param>
internal sealed class PlayerThreads(int threads, TimeSpan limit, Func<ScheduleRun, Exception?> play) : IDisposable
{
    // A run looks at its own limit between its steps. One that is in a step for so much longer is given up.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    private readonly object _lock = new();
    private readonly List<Worker> _workers = [];
    private Batch? _batch;
    private bool _isOver;

    /// <summary>Plays one run.</summary>
    public Played PlayOne(ScheduleRun run) => Play(1, _ => run)[0];

    /// <summary>Plays so many runs. It is called by one thread at a time.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes a run by its number, on any thread.</param>
    /// <returns>The runs by their number.</returns>
    /// <exception cref="InvalidOperationException">A run cannot be made; the inner exception says why.</exception>
    public Played[] Play(int count, Func<int, ScheduleRun> make)
    {
        Batch batch = new(count, make);
        lock (_lock)
        {
            _batch = batch;
            Monitor.PulseAll(_lock);
        }
        while (_workers.Count < Math.Min(threads, count))
        {
            _workers.Add(new Worker(this));
        }
        long longest = (long)(limit + s_grace).TotalMilliseconds;
        while (!batch.Wait(s_look))
        {
            foreach (Worker worker in _workers.Where(worker => worker.TryGiveUp(longest)).ToArray())
            {
                _workers.Remove(worker);
                _workers.Add(new Worker(this));
            }
        }
        return batch.Results();
    }

    /// <summary>Ends the threads, but for those that are in a run that never ends.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            Monitor.PulseAll(_lock);
        }
    }

    private bool TryTake([NotNullWhen(true)] out Batch? batch, out int number)
    {
        lock (_lock)
        {
            while (true)
            {
                batch = _batch;
                number = 0;
                if (_isOver)
                {
                    return false;
                }
                if (batch is not null && batch.TryNext(out number))
                {
                    return true;
                }
                _batch = null;
                Monitor.Wait(_lock);
            }
        }
    }

    private sealed class Batch(int count, Func<int, ScheduleRun> make)
    {
        private readonly object _lock = new();
        private readonly Played?[] _results = new Played?[count];
        private Exception? _failure;
        private int _next;
        private int _ended;

        /// <summary>Waits until all runs have ended, at most so long in real time; false when they have not.</summary>
        public bool Wait(TimeSpan span)
        {
            lock (_lock)
            {
                return _ended == count || (Monitor.Wait(_lock, span) && _ended == count);
            }
        }

        public Played[] Results() => _failure is null
            ? [.. _results.Select(static played => played!)]
            : throw new InvalidOperationException("A run of the exploration cannot be made.", _failure);

        /// <summary>Takes the next number, under the lock of the threads.</summary>
        public bool TryNext(out int number)
        {
            number = _next;
            return _next < count && ++_next > 0;
        }

        public ScheduleRun Make(int number) => make(number);

        public void End(int number, Played? played, Exception? failure = null)
        {
            lock (_lock)
            {
                _results[number] = played;
                _failure ??= failure;
                if (++_ended == count)
                {
                    Monitor.PulseAll(_lock);
                }
            }
        }
    }

    private sealed class Worker
    {
        private readonly Lock _lock = new();
        private readonly PlayerThreads _threads;
        private Batch? _batch;
        private ScheduleRun? _run;
        private int _number;
        private long _since;
        private bool _isGivenUp;

        public Worker(PlayerThreads threads)
        {
            _threads = threads;
            new Thread(Work) { IsBackground = true, Name = "exploration" }.Start();
        }

        /// <summary>
        /// Gives up the thread if its run takes too long; the run then counts as one that never ends.
        /// </summary>
        public bool TryGiveUp(long longest)
        {
            lock (_lock)
            {
                if (_run is not { } run || Environment.TickCount64 - _since <= longest)
                {
                    return false;
                }
                _isGivenUp = true;
                NeverEndsException endless = new(
                    _threads.Limit, run.Running, run.Seed, run.World?.Now ?? TimeSpan.Zero);
                _batch!.End(_number, new Played(_number, run, endless));
                return true;
            }
        }

        private void Work()
        {
            while (_threads.TryTake(out Batch? batch, out int number) && TryPlay(batch, number))
            {
                // The next run.
            }
        }

        /// <summary>Plays a run; false when this thread was given up meanwhile.</summary>
        [SuppressMessage("Design", "CA1031", Justification = "A failure of the exploration itself ends its run.")]
        private bool TryPlay(Batch batch, int number)
        {
            ScheduleRun run;
            try
            {
                run = batch.Make(number);
            }
            catch (Exception failure)
            {
                batch.End(number, null, failure);
                return true;
            }
            lock (_lock)
            {
                (_batch, _run, _number, _since) = (batch, run, number, Environment.TickCount64);
            }
            Exception? thrown;
            try
            {
                thrown = _threads.Player(run);
            }
            catch (Exception failure)
            {
                thrown = failure;
            }
            lock (_lock)
            {
                if (_isGivenUp)
                {
                    return false;
                }
                _run = null;
            }
            batch.End(number, new Played(number, run, thrown));
            return true;
        }
    }

    private TimeSpan Limit => limit;

    private Func<ScheduleRun, Exception?> Player => play;
}
