namespace ActorP2P.Cli.Decode;

/// <summary>The bytes of one direction of a connection.</summary>
/// <param name="Name">Which one, such as <c>127.0.0.1:9000 > 127.0.0.1:40000</c>; empty if there is only one.</param>
/// <param name="Bytes">The bytes in order.</param>
/// <param name="HasGap">Whether bytes are missing after them.</param>
internal sealed record CapturedStream(string Name, ReadOnlyMemory<byte> Bytes, bool HasGap = false);
