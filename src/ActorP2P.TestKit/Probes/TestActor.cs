namespace ActorP2P.TestKit;

/// <summary>Puts whatever it receives where the test takes it from, and watches whom the test names.</summary>
internal sealed class TestActor(ProbeQueue queue) : UntypedActor
{
    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Watch watch:
                Context.Watch(watch.Subject);
                break;
            case Unwatch unwatch:
                Context.Unwatch(unwatch.Subject);
                break;
            case Spawn spawn:
                spawn.Made.TrySetResult(Context.ActorOf(spawn.Props, spawn.Name));
                break;
            default:
                queue.Add(message, Sender);
                break;
        }
    }

    /// <summary>Watch an actor.</summary>
    internal sealed record Watch(IActorRef Subject);

    /// <summary>Watch it no more.</summary>
    internal sealed record Unwatch(IActorRef Subject);

    /// <summary>Make a child.</summary>
    internal sealed record Spawn(Props Props, string? Name, TaskCompletionSource<IActorRef> Made);

    /// <summary>Makes test actors without reflection.</summary>
    internal sealed class Producer(ProbeQueue queue) : IIndirectActorProducer
    {
        public Type ActorType => typeof(TestActor);

        public ActorBase Produce() => new TestActor(queue);

        public void Release(ActorBase actor)
        {
            // The queue is the test's.
        }
    }
}
