namespace ActorP2P;

/// <summary>
/// A request that names its answer. <c>AskAsync(peer, request)</c> then needs no type argument, and an ask for another
/// answer is refused before it is sent. A message implements this in addition to <see cref="IMessage{TSelf}"/>.
/// </summary>
/// <typeparam name="TReply">The message type of the answer.</typeparam>
public interface IRequest<TReply> : IRequest
    where TReply : class, IMessage<TReply>
{
    ushort IRequest.ReplyType => TReply.TypeCode;
}
