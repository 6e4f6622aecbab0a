using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>
/// A piece of a <see cref="WriteBuffer"/> between two turns: the hold on it, and how far it is written.
/// </summary>
internal readonly record struct ParkedPiece(SharedBuffer? Piece, int Position);
