using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A peer was charged penalty points.</summary>
/// <param name="Address">The remote end.</param>
/// <param name="Points">The number of points.</param>
/// <param name="Detail">The reason.</param>
public sealed record PeerPenalised(PeerAddress Address, int Points, string Detail) : NodeEvent;
