#pragma warning disable AK1004 // What the analyzer warns of is what the program shows.

namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A call is given up after ten seconds. Its timer is cancelled when the answer comes, but the timeout may wait in
/// the mailbox already.
/// </summary>
public sealed class TimerAfterCancel : Race
{
    public override ExploreOptions Options { get; } = new() { TimerLateness = TimeSpan.FromMilliseconds(200) };

    public override string Claimed => "an answered call is not given up";

    public override async Task Play(ExploredRun run)
    {
        IActorRef server = run.System.ActorOf(Props.Create(() => new Server()), "server");
        IActorRef call = run.System.ActorOf(Props.Create(() => new Call(server)), "call");
        call.Tell(new Begin());
        await run.Pass(TimeSpan.FromMinutes(1));
    }

    private sealed record Begin;

    private sealed record Question;

    private sealed record Work(IActorRef For);

    private sealed record Answer;

    private sealed record GiveUp;

    private sealed class Server : ReceiveActor
    {
        public Server()
        {
            Receive<Question>(_ => Context.System.Scheduler.ScheduleTellOnce(
                TimeSpan.FromSeconds(9.9), Self, new Work(Sender), ActorRefs.NoSender));
            Receive<Work>(work => work.For.Tell(new Answer()));
        }
    }

    private sealed class Call : ReceiveActor
    {
        private readonly Cancelable _timeout = new Cancelable(Context.System.Scheduler);
        private bool _isAnswered;

        public Call(IActorRef server)
        {
            Receive<Begin>(_ =>
            {
                Context.System.Scheduler.ScheduleTellOnce(
                    TimeSpan.FromSeconds(10), Self, new GiveUp(), ActorRefs.NoSender, _timeout);
                server.Tell(new Question());
            });
            Receive<Answer>(_ =>
            {
                _isAnswered = true;
                _timeout.Cancel();
            });
            Receive<GiveUp>(_ => Claim.Always(!_isAnswered, "an answered call is not given up"));
        }
    }
}
