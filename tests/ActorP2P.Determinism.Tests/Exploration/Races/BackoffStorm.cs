#pragma warning disable AK1004 // What the analyzer warns of is what the program shows.

namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A client tries again after a while when its server is busy, and also when no answer has come in time. When both
/// happen to one request there are two of it from then on, and so on.
/// </summary>
public sealed class BackoffStorm : Race
{
    public override ExploreOptions Options { get; } = new() { MessageDelay = TimeSpan.FromMilliseconds(800) };

    public override string Claimed => "a client has one request at a time";

    public override async Task Play(ExploredRun run)
    {
        IActorRef server = run.System.ActorOf(Props.Create(() => new Server()), "server");
        run.System.ActorOf(Props.Create(() => new Client(server)), "client").Tell(new Try());
        await run.Pass(TimeSpan.FromSeconds(10));
    }

    private sealed record Try;

    private sealed record Request;

    private sealed record Busy;

    private sealed record Late;

    private sealed class Server : ReceiveActor
    {
        public Server() => Receive<Request>(_ => Sender.Tell(new Busy()));
    }

    private sealed class Client : ReceiveActor, IWithTimers
    {
        private int _planned = 1;

        public Client(IActorRef server)
        {
            Receive<Try>(_ =>
            {
                _planned--;
                server.Tell(new Request());
                Timers.StartSingleTimer("late", new Late(), TimeSpan.FromSeconds(1));
            });
            Receive<Busy>(_ => Again());
            Receive<Late>(_ => Again());
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private void Again()
        {
            _planned++;
            Claim.Always(_planned <= 1, "a client has one request at a time");
            Timers.Cancel("late");
            Context.System.Scheduler.ScheduleTellOnce(TimeSpan.FromSeconds(2), Self, new Try(), ActorRefs.NoSender);
        }
    }
}
