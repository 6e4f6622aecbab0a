using Akka.Actor.Dsl;

namespace ActorP2P.Determinism.Tests;

public sealed class BehaviourIdiomTests
{
    [Fact]
    public void Become_changes_what_an_actor_does() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act => act.ReceiveAny((message, context) =>
        {
            scene.Say($"first {message}");
            act.Become((next, _) => scene.Say($"second {next}"));
        }));
        actor.Tell("a");
        actor.Tell("b");
        await scene.PassSeconds(1);
        Assert.Equal(["first a at 0", "second b at 0"], scene.Said);
    });

    [Fact]
    public void BecomeStacked_and_Unbecome_return() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act => act.ReceiveAny((message, _) =>
        {
            scene.Say($"outer {message}");
            act.BecomeStacked((next, _) =>
            {
                scene.Say($"inner {next}");
                act.UnbecomeStacked();
            });
        }));
        foreach (string message in new[] { "a", "b", "c" })
        {
            actor.Tell(message);
        }
        await scene.PassSeconds(1);
        Assert.Equal(["outer a at 0", "inner b at 0", "outer c at 0"], scene.Said);
    });

    [Fact]
    public void Stash_and_UnstashAll_bring_back_in_order() => Idiom.Holds(async scene =>
    {
        bool isOpen = false;
        IActorRef actor = scene.System.ActorOf(new Hooks
        {
            Receive = (message, self) =>
            {
                if (message is "open")
                {
                    isOpen = true;
                    self.Stash.UnstashAll();
                }
                else if (isOpen)
                {
                    scene.Say(message);
                }
                else
                {
                    self.Stash.Stash();
                }
            },
        }.ToProps());
        foreach (string message in new[] { "a", "b", "c" })
        {
            actor.Tell(message);
        }
        await scene.PassHours(1);
        actor.Tell("open");
        await scene.PassSeconds(1);
        Assert.Equal(["a at 3600", "b at 3600", "c at 3600"], scene.Said);
    });

    [Fact]
    public void Stash_in_an_asynchronous_handler_works() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(Props.Create(() => new Gate(scene)));
        actor.Tell("a");
        actor.Tell("b");
        await scene.PassHours(2);
        Assert.Equal(["opened at 3600", "a at 3600", "b at 3600"], scene.Said);
    });

    [Fact]
    public void An_FSM_leaves_a_state_after_its_timeout() => Idiom.Holds(async scene =>
    {
        IActorRef door = scene.System.ActorOf(Props.Create(() => new Door(scene)));
        door.Tell("open");
        await scene.PassHours(2);
        Assert.Equal(["Closed to Open at 0", "Open to Closed at 3600"], scene.Said);
    });

    [Fact]
    public void An_FSM_has_named_timers() => Idiom.Holds(async scene =>
    {
        IActorRef door = scene.System.ActorOf(Props.Create(() => new Door(scene)));
        door.Tell("ring");
        await scene.PassSeconds(35);
        door.Tell("stop ringing");
        await scene.PassHours(1);
        Assert.Equal(["ring at 10", "ring at 20", "ring at 30"], scene.Said);
    });

    [Fact]
    public void A_receive_actor_takes_the_first_handler_that_fits() => Idiom.Holds(async scene =>
    {
        IActorRef actor = scene.System.ActorOf(act =>
        {
            act.Receive<int>((number, _) => scene.Say($"big {number}"), static number => number > 10);
            act.Receive<int>((number, _) => scene.Say($"number {number}"));
            act.ReceiveAny((message, _) => scene.Say($"other {message}"));
        });
        actor.Tell(11);
        actor.Tell(1);
        actor.Tell("x");
        await scene.PassSeconds(1);
        Assert.Equal(["big 11 at 0", "number 1 at 0", "other x at 0"], scene.Said);
    });

    [Fact]
    public void An_untyped_actor_leaves_messages_unhandled() => Idiom.Holds(async scene =>
    {
        IActorRef listener = scene.System.ActorOf(act =>
            act.Receive<Akka.Event.UnhandledMessage>((message, _) => scene.Say(message.Message)));
        scene.System.EventStream.Subscribe(listener, typeof(Akka.Event.UnhandledMessage));
        scene.System.ActorOf(act => act.Receive<int>((_, _) => { })).Tell("what?");
        await scene.PassSeconds(1);
        Assert.Equal(["what? at 0"], scene.Said);
    });

    private sealed class Gate : ReceiveActor, IWithUnboundedStash
    {
        public Gate(Scene scene)
        {
            ReceiveAsync<string>(async _ =>
            {
                Stash.Stash();
                await Task.Delay(TimeSpan.FromHours(1), scene.Time);
                scene.Say("opened");
                Become(() => Receive<string>(message => scene.Say(message)));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }

    private enum DoorState
    {
        Closed,
        Open,
    }

    private sealed class Door : FSM<DoorState, int>
    {
        public Door(Scene scene)
        {
            StartWith(DoorState.Closed, 0);
            When(DoorState.Closed, happened => happened.FsmEvent is "open" ? GoTo(DoorState.Open) : null);
            When(
                DoorState.Open,
                happened => happened.FsmEvent is StateTimeout ? GoTo(DoorState.Closed) : null,
                TimeSpan.FromHours(1));
            WhenUnhandled(happened =>
            {
                switch (happened.FsmEvent)
                {
                    case "ring":
                        SetTimer("bell", "bell", TimeSpan.FromSeconds(10), repeat: true);
                        break;
                    case "stop ringing":
                        CancelTimer("bell");
                        break;
                    case "bell":
                        scene.Say("ring");
                        break;
                }
                return Stay();
            });
            Initialize();
            OnTransition((from, to) => scene.Say($"{from} to {to}"));
        }
    }
}
