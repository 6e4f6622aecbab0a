using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Determinism;

/// <summary>Plays runs on several threads of its own, and gives up those that never end.</summary>
/// <param name="threads">How many threads.</param>
/// <param name="limit">How long a run may take in real time.</param>
/// <param name="play">Plays a run on the calling thread and returns what it failed with.</param>
internal sealed class PlayerThreads(int threads, TimeSpan limit, Func<ScheduleRun, Exception?> play)
{
    // A run looks at its own limit between its steps. One that is in a step for so much longer is given up.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(250);

    /// <summary>Plays one run.</summary>
    public Played PlayOne(ScheduleRun run) => Play(1, _ => run)[0];

    /// <summary>Plays so many runs.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes a run by its number, on any thread.</param>
    /// <returns>The runs by their number.</returns>
    public Played[] Play(int count, Func<int, ScheduleRun> make)
    {
        Batch batch = new(count, make, play);
        List<Worker> workers = [];
        for (int number = Math.Min(threads, count); number > 0; number--)
        {
            workers.Add(new Worker(batch));
        }
        long longest = (long)(limit + s_grace).TotalMilliseconds;
        while (!batch.Wait(s_look))
        {
            foreach (Worker worker in workers.Where(worker => worker.TryGiveUp(longest, limit)).ToArray())
            {
                workers.Remove(worker);
                workers.Add(new Worker(batch));
            }
        }
        return batch.Results!;
    }

    private sealed class Batch(int count, Func<int, ScheduleRun> make, Func<ScheduleRun, Exception?> play)
    {
        private readonly object _lock = new();
        private int _next;
        private int _ended;

        public Played?[] Results { get; } = new Played?[count];

        /// <summary>Waits until all runs have ended, at most so long in real time; false when they have not.</summary>
        public bool Wait(TimeSpan span)
        {
            lock (_lock)
            {
                return _ended == count || (Monitor.Wait(_lock, span) && _ended == count);
            }
        }

        public int? Next() => Interlocked.Increment(ref _next) is int number && number <= count ? number - 1 : null;

        public ScheduleRun Make(int number) => make(number);

        public Exception? Play(ScheduleRun run) => play(run);

        public void End(int number, Played played)
        {
            lock (_lock)
            {
                Results[number] = played;
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
        private readonly Batch _batch;
        private ScheduleRun? _run;
        private int _number;
        private long _since;
        private bool _isGivenUp;

        public Worker(Batch batch)
        {
            _batch = batch;
            new Thread(Work) { IsBackground = true, Name = "exploration" }.Start();
        }

        /// <summary>
        /// Gives up the thread if its run takes too long; the run then counts as one that never ends.
        /// </summary>
        public bool TryGiveUp(long longest, TimeSpan limit)
        {
            lock (_lock)
            {
                if (_run is not { } run || Environment.TickCount64 - _since <= longest)
                {
                    return false;
                }
                _isGivenUp = true;
                NeverEndsException endless = new(limit, run.Running, run.Seed, run.World?.Now ?? TimeSpan.Zero);
                _batch.End(_number, new Played(_number, run, endless));
                return true;
            }
        }

        [SuppressMessage("Design", "CA1031", Justification = "A failure of the exploration itself ends its run.")]
        private void Work()
        {
            while (_batch.Next() is { } number)
            {
                ScheduleRun run = _batch.Make(number);
                lock (_lock)
                {
                    (_run, _number, _since) = (run, number, Environment.TickCount64);
                }
                Exception? failure;
                try
                {
                    failure = _batch.Play(run);
                }
                catch (Exception thrown)
                {
                    failure = thrown;
                }
                lock (_lock)
                {
                    if (_isGivenUp)
                    {
                        return;
                    }
                    _run = null;
                }
                _batch.End(number, new Played(number, run, failure));
            }
        }
    }
}
