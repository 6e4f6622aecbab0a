using System.Text.Json;
using System.Text.Json.Serialization;

namespace ActorP2P.Cli.Files;

/// <summary>The messages of the file service in JSON.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(GetFiles))]
[JsonSerializable(typeof(SharedFile))]
[JsonSerializable(typeof(FetchFile))]
[JsonSerializable(typeof(FetchedFile))]
internal sealed partial class FileMessages : JsonSerializerContext;
