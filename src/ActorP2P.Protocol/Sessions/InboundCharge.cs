namespace ActorP2P.Protocol;

/// <summary>
/// What a delivered message still costs: the credit of its last frame and its room in the reassembly budget. Handed back to
/// <see cref="PeerSession.Finish"/> when the message has been dealt with.
/// </summary>
/// <param name="Class">The class whose credit is held.</param>
/// <param name="Credit">Bytes of credit to renew.</param>
/// <param name="Reassembly">Bytes reserved from the node's reassembly budget; zero for a message that came whole.</param>
internal readonly record struct InboundCharge(CreditClass Class, int Credit, int Reassembly);
