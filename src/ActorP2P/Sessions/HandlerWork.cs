namespace ActorP2P;

/// <summary>What a peer's handlers have to do. Made with the first message that needs one: most peers are quiet.</summary>
/// <param name="maxQueued">Bytes of replies in the send queue at which no further handler begins.</param>
internal sealed class HandlerWork(int maxQueued)
{
    /// <summary>Requests whose answer is due.</summary>
    public Dictionary<ulong, Invocation> Requests { get; } = [];

    /// <summary>Notifies whose handlers run on: they are to hear of the connection's end too.</summary>
    public HashSet<Invocation> Notifies { get; } = [];

    /// <summary>Messages that wait for their handlers, by lane, the most urgent first.</summary>
    public Queue<Invocation>[] Waiting { get; } = [new(), new(), new()];

    public ReplyGate Replies { get; } = new(maxQueued);
}
