namespace ActorP2P.Protocol;

/// <summary>
/// Why a session must end, as found by one of its parts: the arguments of
/// <see cref="PeerSession.Fail(TimeSpan, DisconnectReason, string)"/>.
/// </summary>
/// <param name="Reason">The reason that the goodbye names.</param>
/// <param name="Detail">A text for people: limits and values.</param>
internal sealed record SessionFault(DisconnectReason Reason, string Detail);
