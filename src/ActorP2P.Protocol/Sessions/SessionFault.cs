namespace ActorP2P.Protocol;

/// <summary>
/// Why a session must end, as one of its parts found: the arguments of
/// <see cref="PeerSession.Fail(TimeSpan, DisconnectReason, string)"/>.
/// </summary>
/// <param name="Reason">The reason that the goodbye names.</param>
/// <param name="Detail">For people: limits and values.</param>
internal sealed record SessionFault(DisconnectReason Reason, string Detail);
