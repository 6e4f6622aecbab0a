using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>How a question to a node ended.</summary>
/// <param name="Peer">The connection that was asked on; null when there was none.</param>
/// <param name="Answer">The answer; null when there is none.</param>
/// <param name="Fault">Why there is no answer.</param>
/// <param name="Failure">The exception behind the fault, for the log; null when there was none.</param>
internal sealed record DhtReply(Peer? Peer, IMessage? Answer, DhtFault Fault, Exception? Failure = null);
