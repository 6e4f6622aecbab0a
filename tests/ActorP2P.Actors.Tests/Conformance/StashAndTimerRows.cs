using Xunit.Abstractions;

namespace ActorP2P.Actors.Tests.Conformance;

public sealed class StashAndTimerRows(ITestOutputHelper output) : ConformanceTest(output)
{
    [Row("stash-order")]
    public async Task stash_order()
    {
        Recorder said = Said;
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Stasher(said)));
        foreach (string message in new[] { "1", "2", "double", "open", "3" })
        {
            actor.Tell(message);
        }
        string all = await Said.Until("3", ",");
        Row("1,2,double,3", string.Join(',', all.Split(',').Where(word => !word.Contains(' ')).Append("3")));
    }

    [Row("stash-double")]
    public async Task stash_double()
    {
        Recorder said = Said;
        Sys.ActorOf(Props.Create(() => new Stasher(said))).Tell("double");
        Row("double-stash IllegalActorStateException", await Said.Next());
    }

    [Row("timer-replace")]
    public async Task timer_replace() => Row("new", await Timed("replace"));

    [Row("timer-cancel-queued")]
    public async Task timer_cancel_queued() => Row("new", await Timed("cancel-queued"));

    [Row("timer-periodic")]
    public async Task timer_periodic()
    {
        string ticks = await Timed("periodic");
        string after = await Said.Until("later");
        Row("many=True stoppedCleanly=True", $"many={ticks == "many"} stoppedCleanly={after.Length == 0}");
    }

    [Row("timer-after-restart")]
    public async Task timer_after_restart()
    {
        Recorder said = Said;
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Timer(said)));
        actor.Tell("set-old");
        actor.Tell("boom");
        actor.Tell("set-later");
        string before = await Said.Until("later");
        Row("''", $"'{before}'");
    }

    private async Task<string> Timed(string command)
    {
        Recorder said = Said;
        Sys.ActorOf(Props.Create(() => new Timer(said))).Tell(command);
        return await Said.Next();
    }

    private sealed class Stasher : UntypedActor, IWithUnboundedStash
    {
        private readonly Recorder _said;
        private bool _open;

        public Stasher(Recorder said) => _said = said;

        public IStash Stash { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            if (_open)
            {
                _said.Add($"{message}");
            }
            else if (message is "open")
            {
                _open = true;
                Stash.UnstashAll();
            }
            else
            {
                Stash.Stash();
                if (message is "double")
                {
                    StashAgain();
                }
            }
        }

        private void StashAgain()
        {
            try
            {
                Stash.Stash();
            }
            catch (Exception refused)
            {
                _said.Add($"double-stash {refused.GetType().Name}");
            }
        }
    }

    private sealed class Timer : UntypedActor, IWithTimers
    {
        private readonly Recorder _said;
        private int _ticks;

        public Timer(Recorder said) => _said = said;

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case "replace":
                    Timers.StartSingleTimer("k", "old", TimeSpan.FromMilliseconds(10));
                    Timers.StartSingleTimer("k", "new", TimeSpan.FromMilliseconds(30));
                    break;
                case "cancel-queued":
                    Timers.StartSingleTimer("k", "old", TimeSpan.Zero);
                    // Long enough for the timer's message to be in the mailbox behind this handler.
                    SpinWait.SpinUntil(() => false, 50);
                    Timers.Cancel("k");
                    Timers.StartSingleTimer("other", "new", TimeSpan.FromMilliseconds(10));
                    break;
                case "periodic":
                    Timers.StartPeriodicTimer("k", "tick", TimeSpan.FromMilliseconds(5));
                    break;
                case "tick" when ++_ticks == 5:
                    Timers.Cancel("k");
                    _said.Add("many");
                    Timers.StartSingleTimer("l", "later", TimeSpan.FromMilliseconds(60));
                    break;
                case "tick" when _ticks > 5:
                    _said.Add("unclean");
                    break;
                case "set-old":
                    Timers.StartSingleTimer("k", "old", TimeSpan.FromMilliseconds(20));
                    break;
                case "set-later":
                    Timers.StartSingleTimer("l", "later", TimeSpan.FromMilliseconds(100));
                    break;
                case "boom":
                    throw new Boom("bang");
                case "tick":
                    break;
                default:
                    _said.Add($"{message}");
                    break;
            }
        }
    }
}
