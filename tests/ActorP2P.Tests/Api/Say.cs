using System.Text.Json.Serialization;

namespace ActorP2P.Tests.Api;

/// <summary>A plain object.</summary>
public sealed record Say(string Text, Say? Before = null);

/// <summary>What the source generator makes for it.</summary>
[JsonSerializable(typeof(Say))]
public sealed partial class SayJson : JsonSerializerContext;
