namespace ActorP2P.TestKit.Tests;

/// <summary>Answers everything with itself, but fails of "fail" and counts.</summary>
public sealed class Echo : ReceiveActor
{
    public Echo()
    {
        Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("asked to fail"));
        ReceiveAny(message =>
        {
            Count++;
            Sender.Tell(message, Self);
        });
    }

    public int Count { get; private set; }
}
