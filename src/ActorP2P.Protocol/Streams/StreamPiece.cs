namespace ActorP2P.Protocol;

/// <summary>Bytes of a stream that wait to be sent.</summary>
/// <param name="Bytes">The bytes.</param>
/// <param name="Owner">The buffer that contains them, with a hold for this piece.</param>
internal readonly record struct StreamPiece(ReadOnlyMemory<byte> Bytes, SharedBuffer? Owner);
