namespace ActorP2P.Actors.Tests.Behaviour;

public sealed class EventStreamTests : SimulatedTest
{
    [Fact]
    public void An_event_reaches_each_subscriber_of_its_type_or_a_base_once()
    {
        ActorSystem system = NewSystem();
        IActorRef wide = Scribe(system, message => $"wide {message}");
        IActorRef narrow = Scribe(system, message => $"narrow {message}");
        system.EventStream.Subscribe(wide, typeof(object));
        system.EventStream.Subscribe(wide, typeof(IComparable));
        system.EventStream.Subscribe<string>(narrow);
        system.EventStream.Publish("x");
        system.EventStream.Publish(1);
        Scheduler.RunToQuiescence();
        Assert.Equal(["narrow x", "wide 1", "wide x"], Said.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Who_unsubscribes_or_has_ended_hears_nothing_more()
    {
        ActorSystem system = NewSystem();
        IActorRef leaver = Scribe(system, message => $"leaver {message}");
        IActorRef dead = Scribe(system, message => $"dead {message}");
        IActorRef stayer = Scribe(system, message => $"stayer {message}");
        foreach (IActorRef subscriber in new[] { leaver, dead, stayer })
        {
            Assert.True(system.EventStream.Subscribe(subscriber, typeof(string)));
        }
        Assert.True(system.EventStream.Unsubscribe(leaver, typeof(string)));
        Assert.False(system.EventStream.Unsubscribe(leaver));
        system.Stop(dead);
        Scheduler.RunToQuiescence();
        system.EventStream.Publish("x");
        Scheduler.RunToQuiescence();
        Assert.Equal(["stayer x"], Said);
        Assert.Equal(0, system.DeadLetterCount);
    }
}
