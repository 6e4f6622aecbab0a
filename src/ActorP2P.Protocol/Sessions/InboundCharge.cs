namespace ActorP2P.Protocol;

/// <summary>
/// What a delivered message still occupies: the credit of its last frame and its room in the reassembly
/// budget. The shell passes it to <see cref="PeerSession.Finish"/> when it has finished with the message.
/// </summary>
/// <param name="Class">The class whose credit is held.</param>
/// <param name="Credit">Bytes of credit to renew.</param>
/// <param name="Reassembly">
/// Bytes reserved from the node's reassembly budget; zero for a message that was not fragmented.
/// </param>
internal readonly record struct InboundCharge(CreditClass Class, int Credit, int Reassembly);
