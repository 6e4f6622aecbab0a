namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A worker stashes jobs until it is configured and connected. It wakes them up when the configuration comes last, and
/// forgets to when the connection comes last.
/// </summary>
public sealed class LostWakeUp : Race
{
    public override string Claimed => "no job is left in the stash";

    public override async Task Play(ExploredRun run)
    {
        Counter done = new();
        IActorRef worker = run.System.ActorOf(Props.Create(() => new Worker(done)), "worker");
        IActorRef network = run.System.ActorOf(Props.Create(() => new Source(worker, new Connected())), "network");
        IActorRef settings = run.System.ActorOf(Props.Create(() => new Source(worker, new Configured())), "settings");
        worker.Tell(new Job());
        network.Tell("begin");
        settings.Tell("begin");
        await run.Pass(TimeSpan.FromSeconds(1));

        Claim.Always(done.Value == 1, Claimed);
    }

    private sealed record Job;

    private sealed record Connected;

    private sealed record Configured;

    private sealed class Source : ReceiveActor
    {
        public Source(IActorRef worker, object news) => ReceiveAny(_ => worker.Tell(news));
    }

    private sealed class Worker : ReceiveActor, IWithStash
    {
        private bool _isConnected;
        private bool _isConfigured;

        public Worker(Counter done)
        {
            Receive<Job>(_ => Stash.Stash());
            Receive<Connected>(_ =>
            {
                _isConnected = true;
                if (_isConfigured)
                {
                    Become(() => Ready(done));
                }
            });
            Receive<Configured>(_ =>
            {
                _isConfigured = true;
                if (_isConnected)
                {
                    Become(() => Ready(done));
                    Stash.UnstashAll();
                }
            });
        }

        public IStash Stash { get; set; } = null!;

        private void Ready(Counter done) => Receive<Job>(_ => done.Value++);
    }
}
