namespace ActorP2P.TestKit;

/// <summary>A test actor of its own within a test: hand out <see cref="Ref"/> and expect what comes.</summary>
public sealed class TestProbe : TestKitBase
{
    internal TestProbe(ActorSystem system, string? name)
        : base(system, name ?? "testProbe", ownsSystem: false)
    {
    }

    /// <summary>What others send to.</summary>
    public IActorRef Ref => TestActor;

    /// <summary>Who sent the message that was taken last.</summary>
    /// <exception cref="IllegalActorStateException">The last wait took none.</exception>
    public IActorRef Sender => LastSender;

    /// <summary>Sends with the probe as sender.</summary>
    public void Send(IActorRef actor, object message) => actor.Tell(message, TestActor);

    /// <summary>Answers the message that was taken last.</summary>
    /// <exception cref="IllegalActorStateException">The last wait took none.</exception>
    public void Reply(object message) => Sender.Tell(message, TestActor);

    /// <summary>Sends the message that was taken last to another, with its sender.</summary>
    /// <exception cref="IllegalActorStateException">The last wait took none.</exception>
    public void Forward(IActorRef receiver) => Forward(receiver, LastMessage!);

    /// <summary>Sends a message to another with the sender of the one that was taken last.</summary>
    /// <exception cref="IllegalActorStateException">The last wait took none.</exception>
    public void Forward(IActorRef receiver, object message) => receiver.Tell(message, Sender);
}
