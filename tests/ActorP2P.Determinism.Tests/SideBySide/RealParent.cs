using Akka.Actor.Dsl;

namespace ActorP2P.Determinism.Tests;

/// <summary>An actor for a system in real time that uses everything that a simulation replaces.</summary>
public sealed class RealParent : ReceiveActor, IWithTimers
{
    private IActorRef? _asksTicked;
    private IActorRef? _asksFailing;
    private int _restarts;

    public RealParent()
    {
        for (int number = 0; number < 10; number++)
        {
            Context.ActorOf(act => act.ReceiveAny((_, _) => { }), $"child{number}");
        }
        Receive<int>(number => Sender.Tell(number * 2));
        Receive<string>(text => text == "children", _ => Sender.Tell(
            string.Join(
                ",", Context.GetChildren().Select(static child => child.Path.Name).Order(StringComparer.Ordinal))));
        Receive<string>(text => text == "timers", _ =>
        {
            _asksTicked = Sender;
            Timers.StartSingleTimer("tick", "tick", TimeSpan.FromMilliseconds(5));
        });
        Receive<string>(text => text == "tick", _ => _asksTicked.Tell("ticked"));
        ReceiveAsync<string>(text => text == "pool", async _ =>
        {
            (IActorRef self, IActorRef sender) = (Self, Sender);
            bool isPool = await Task.Run(static () => Thread.CurrentThread.IsThreadPoolThread);
            await Task.Delay(1);
            sender.Tell(isPool && self.Equals(Self));
        });
        Receive<string>(text => text == "failing", _ =>
        {
            _asksFailing = Sender;
            IActorRef child = Context.ActorOf(act => act.ReceiveAny((_, _) => throw new DeliberateException("fails")));
            Context.Watch(child);
            for (int number = 0; number < 5; number++)
            {
                child.Tell(number);
            }
        });
        Receive<string>(text => text == "never", static _ => { });
        Receive<Terminated>(_ => _asksFailing.Tell($"stopped after {_restarts} restarts"));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override SupervisorStrategy SupervisorStrategy() => new OneForOneStrategy(2, TimeSpan.FromMinutes(1), _ =>
    {
        _restarts++;
        return Directive.Restart;
    });
}
