namespace ActorP2P.Cli.Messages;

/// <summary>The bytes of a message whose type its codec knows.</summary>
internal sealed record RawBody(ReadOnlyMemory<byte> Bytes);
