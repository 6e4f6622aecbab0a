namespace ActorP2P;

/// <summary>A request that names its answer. Implement <see cref="IRequest{TReply}"/>.</summary>
public interface IRequest : IMessage
{
    /// <summary>The message type of the answer.</summary>
    ushort ReplyType { get; }
}
