namespace ActorP2P.Benchmarks;

/// <summary>Counts what it is told, and answers what it is asked.</summary>
internal sealed class CountingActor(Counter counter) : UntypedActor
{
    /// <summary>A question; the answer is the same object.</summary>
    public static readonly object Question = new();

    protected override void OnReceive(object message)
    {
        if (message == Question)
        {
            Sender.Tell(message);
        }
        else
        {
            counter.Add(1);
        }
    }
}
