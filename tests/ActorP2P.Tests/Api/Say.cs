using System.Text.Json.Serialization;

namespace ActorP2P.Tests.Api;

/// <summary>A plain object that is sent as JSON.</summary>
public sealed record Say(string Text, Say? Before = null);

/// <summary>The serializer context that the source generator creates for it.</summary>
[JsonSerializable(typeof(Say))]
public sealed partial class SayJson : JsonSerializerContext;
