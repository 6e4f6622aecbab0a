namespace ActorP2P.TestKit;

/// <summary>Lets a probe answer by itself; each message is shown to it and then queued as always.</summary>
public abstract class AutoPilot
{
    /// <summary>Stops flying: later messages are only queued.</summary>
    public static AutoPilot NoAutoPilot { get; } = new NoAutoPilot();

    /// <summary>Goes on with the same pilot.</summary>
    public static AutoPilot KeepRunning { get; } = new KeepRunning();

    /// <summary>Takes a message.</summary>
    /// <param name="sender">Who sent it.</param>
    /// <param name="message">The message.</param>
    /// <returns>Who takes the next one.</returns>
    public abstract AutoPilot Run(IActorRef sender, object message);
}
