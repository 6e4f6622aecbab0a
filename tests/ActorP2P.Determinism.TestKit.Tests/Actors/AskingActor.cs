namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>Asks another actor and tells the answer to whoever made it ask.</summary>
public sealed class AskingActor : ReceiveActor
{
    public AskingActor(IActorRef other, TimeSpan? timeout = null) => ReceiveAsync<string>(async _ =>
    {
        IActorRef sender = Sender;
        try
        {
            object answer = await other.Ask<object>("question", timeout ?? Timeout.InfiniteTimeSpan);
            sender.Tell($"got {answer}", Self);
        }
        catch (AskTimeoutException)
        {
            sender.Tell("no answer", Self);
        }
    });
}
