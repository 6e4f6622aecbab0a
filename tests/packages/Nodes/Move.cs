using MessagePack;

namespace Nodes;

[MessagePackObject]
public sealed record Move([property: Key(0)] string From, [property: Key(1)] string To);
