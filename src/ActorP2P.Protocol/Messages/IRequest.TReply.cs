namespace ActorP2P;

/// <summary>
/// A request that names its answer, so that <c>AskAsync(peer, request)</c> needs no type argument, and that an ask for
/// another answer is refused before it is sent. A message implements it besides <see cref="IMessage{TSelf}"/>.
/// </summary>
/// <typeparam name="TReply">The message type of the answer.</typeparam>
public interface IRequest<TReply> : IRequest
    where TReply : class, IMessage<TReply>
{
    ushort IRequest.ReplyType => TReply.TypeCode;
}
