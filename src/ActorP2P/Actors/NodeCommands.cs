namespace ActorP2P;

/// <summary>The messages of <see cref="P2P"/> that actors send to a node.</summary>
internal static class NodeCommands
{
    /// <summary>Whether a message is one of them.</summary>
    public static bool Are(object message) => message is P2P.Command or P2P.Subscribe or P2P.Unsubscribe;

    /// <summary>Tells the sender of a message that the node has stopped, if the message is one of them.</summary>
    public static void Refuse(object message, IActorRef? sender)
    {
        if (Are(message) && sender is not null && !sender.IsNobody())
        {
            sender.Tell(new Status.Failure(new NodeStoppedException("The node has stopped.")), ActorRefs.NoSender);
        }
    }
}
