using ActorP2P.Protocol;

namespace ActorP2P.Transport;

/// <summary>A piece of a <see cref="WriteBuffer"/> between two turns, with its hold and its written length.</summary>
internal readonly record struct ParkedPiece(SharedBuffer? Piece, int Position);
