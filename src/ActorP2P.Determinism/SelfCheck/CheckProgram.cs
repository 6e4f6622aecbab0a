using Akka.Actor;

namespace ActorP2P.Determinism;

/// <summary>A small program with children, asks, timers, an asynchronous handler and a restart.</summary>
internal static class CheckProgram
{
    private static readonly SimulationOptions s_shuffled = new() { Shuffle = true };

    /// <summary>The hash of the trace of a run.</summary>
    public static ulong Run(ulong seed)
    {
        SimulatedWorld world = new(seed, s_shuffled, isChecked: false);
        ActorSystem system = SimulatedSystem.Create(world, "check");
        IActorRef parent = system.ActorOf(Props.Create(() => new Parent(world.TimeProviderOf(0))), "parent");
        parent.Tell("begin");
        world.RunFor(TimeSpan.FromSeconds(1));
        system.Terminate();
        world.RunFor(TimeSpan.FromSeconds(1));
        return world.TraceHash;
    }

    private sealed class Parent : ReceiveActor, IWithTimers
    {
        private const int Children = 8;

        public Parent(TimeProvider time)
        {
            ReceiveAsync<string>(async _ =>
            {
                for (int child = 0; child < Children; child++)
                {
                    IActorRef asked = Context.ActorOf(Props.Create(() => new Child()));
                    await asked.Ask<int>(child);
                    asked.Tell(-1);
                }
                await Task.Delay(TimeSpan.FromMilliseconds(10), time);
                Timers.StartPeriodicTimer("tick", 1, TimeSpan.FromMilliseconds(100));
            });
            Receive<int>(number => Context.GetChildren().First().Tell(number, ActorRefs.NoSender));
        }

        public ITimerScheduler Timers { get; set; } = null!;
    }

    private sealed class Child : ReceiveActor
    {
        public Child() => Receive<int>(number =>
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number);
            Sender.Tell(number);
        });
    }
}
