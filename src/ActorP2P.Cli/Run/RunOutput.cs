using System.Text.Json;

namespace ActorP2P.Cli.Run;

/// <summary>Prints the addresses of the nodes and of HTTP, as text or as JSON.</summary>
internal sealed class RunOutput(TextWriter writer, bool json)
{
    public void Listening(string node, NodeId id, IReadOnlyList<PeerAddress> addresses) => writer.WriteLine(json
        ? JsonSerializer.Serialize(
            new { node, id = $"{id}", listening = addresses.Select(static address => $"{address}") })
        : $"NODE {node} {id.ToShortString()} {(addresses.Count == 0 ? "off" : string.Join(' ', addresses))}");

    public void Http(IEnumerable<string> urls) => writer.WriteLine(json
        ? JsonSerializer.Serialize(new { http = urls })
        : $"HTTP {string.Join(' ', urls)}");

    public void Dashboard(string url) => writer.WriteLine(json
        ? JsonSerializer.Serialize(new { dashboard = url })
        : $"DASHBOARD {url}");

    public void Ready() => writer.WriteLine(json ? """{"ready":true}""" : "READY");

    public void Ended() => writer.WriteLine(json ? """{"ended":true}""" : "ENDED");
}
