namespace ActorP2P.Actors.Tests.Behaviour;

public sealed class WatchTests : SimulatedTest
{
    [Fact]
    public void Who_unwatches_hears_nothing_even_when_the_end_is_queued_already()
    {
        ActorSystem system = NewSystem();
        IActorRef subject = system.ActorOf(new Hooks().ToProps(), "subject");
        IActorRef watcher = system.ActorOf(new Hooks
        {
            Receive = (message, self) =>
            {
                switch (message)
                {
                    case "watch":
                        LambdaActor.Surroundings.Watch(subject);
                        break;
                    case "unwatch":
                        LambdaActor.Surroundings.Unwatch(subject);
                        break;
                    default:
                        Said.Add(message.GetType().Name);
                        break;
                }
            },
        }.ToProps());
        watcher.Tell("watch");
        Scheduler.RunToQuiescence();
        // The end is queued behind the word to unwatch, because that waits already when the subject ends.
        system.Stop(subject);
        watcher.Tell("unwatch");
        Scheduler.RunToQuiescence();
        Assert.Empty(Said);
    }

    [Fact]
    public void Watching_again_with_another_message_is_refused_until_unwatched()
    {
        ActorSystem system = NewSystem();
        IActorRef subject = system.ActorOf(new Hooks().ToProps(), "subject");
        IActorRef watcher = system.ActorOf(new Hooks
        {
            Receive = (message, _) =>
            {
                if (message is not "go")
                {
                    Said.Add($"{message}");
                    return;
                }
                IActorContext context = LambdaActor.Surroundings;
                context.WatchWith(subject, "first");
                Said.Add(Record.Exception(() => context.WatchWith(subject, "second"))?.GetType().Name ?? "allowed");
                context.Unwatch(subject);
                context.WatchWith(subject, "third");
            },
        }.ToProps());
        watcher.Tell("go");
        Scheduler.RunToQuiescence();
        system.Stop(subject);
        Scheduler.RunToQuiescence();
        Assert.Equal([nameof(InvalidOperationException), "third"], Said);
    }

    [Fact]
    public void An_actor_ends_after_its_children_and_its_watcher_hears_of_it_last()
    {
        ActorSystem system = NewSystem();
        IActorRef family = system.ActorOf(new Hooks
        {
            PreStart = () => LambdaActor.Surroundings.ActorOf(new Hooks { PostStop = () => Said.Add("child") }.ToProps()),
            PostStop = () => Said.Add("parent"),
        }.ToProps());
        Scheduler.Run(
            async () =>
            {
                await family.GracefulStop(TimeSpan.FromSeconds(1));
                Said.Add("told");
            },
            TimeSpan.FromMinutes(1));
        Assert.Equal(["child", "parent", "told"], Said);
    }
}
