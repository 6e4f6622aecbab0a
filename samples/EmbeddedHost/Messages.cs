using System.Text.Json.Serialization;

namespace EmbeddedHost;

/// <summary>How the messages are written.</summary>
[JsonSerializable(typeof(Move))]
[JsonSerializable(typeof(Position))]
[JsonSerializable(typeof(Played))]
internal sealed partial class Messages : JsonSerializerContext;
