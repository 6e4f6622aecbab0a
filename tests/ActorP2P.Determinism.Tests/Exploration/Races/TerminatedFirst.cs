namespace ActorP2P.Determinism.Tests.Races;

/// <summary>
/// A worker hands its result to a formatter, which passes it to the parent, and stops. The parent takes the end of a
/// worker without a result for a failure, but the result may still be at the formatter.
/// </summary>
public sealed class TerminatedFirst : Race
{
    public override string Claimed => "a worker that has finished did not fail";

    public override async Task Play(ExploredRun run)
    {
        IActorRef parent = run.System.ActorOf(Props.Create(() => new Parent()), "parent");
        parent.Tell(new Begin());
        await run.Pass(TimeSpan.FromSeconds(1));
    }

    private sealed record Begin;

    private sealed record Result(int Value);

    private sealed record Formatted(string Text);

    private sealed class Parent : ReceiveActor
    {
        private bool _hasResult;

        public Parent()
        {
            Receive<Begin>(_ =>
            {
                IActorRef parent = Self;
                IActorRef formatter = Context.ActorOf(Props.Create(() => new Formatter(parent)), "formatter");
                IActorRef worker = Context.ActorOf(Props.Create(() => new Worker(formatter)), "worker");
                Context.Watch(worker);
                worker.Tell(new Begin());
            });
            Receive<Formatted>(_ => _hasResult = true);
            Receive<Terminated>(_ => Claim.Always(_hasResult, "a worker that has finished did not fail"));
        }
    }

    private sealed class Formatter : ReceiveActor
    {
        public Formatter(IActorRef to) => Receive<Result>(result => to.Tell(new Formatted($"{result.Value}")));
    }

    private sealed class Worker : ReceiveActor
    {
        public Worker(IActorRef formatter) => Receive<Begin>(_ =>
        {
            formatter.Tell(new Result(42));
            Context.Stop(Self);
        });
    }
}
