using ActorP2P.Protocol;

namespace ActorP2P.Cli.Decode;

/// <summary>A frame as text.</summary>
/// <param name="Offset">Where it is in its stream.</param>
/// <param name="Header">Its header.</param>
/// <param name="Details">What its payload says, as names and values.</param>
internal sealed record DecodedFrame(
    long Offset, FrameHeader Header, IReadOnlyList<KeyValuePair<string, string>> Details);
