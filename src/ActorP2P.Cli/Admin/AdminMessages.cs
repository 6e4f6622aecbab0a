using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorP2P.Cli.Admin;

/// <summary>The messages of the admin service in JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GetReport))]
[JsonSerializable(typeof(NodeReport))]
[JsonSerializable(typeof(NodeReport[]))]
[JsonSerializable(typeof(AdminOrder))]
[JsonSerializable(typeof(GetBans))]
[JsonSerializable(typeof(BanList))]
[JsonSerializable(typeof(AdminResult))]
internal sealed partial class AdminMessages : JsonSerializerContext;
