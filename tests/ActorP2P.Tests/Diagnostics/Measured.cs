using System.Diagnostics.Metrics;

namespace ActorP2P.Tests;

/// <summary>One measurement.</summary>
/// <param name="Instrument">The instrument's name.</param>
/// <param name="Value">The value.</param>
/// <param name="Tags">The tags.</param>
internal sealed record Measured(string Instrument, double Value, IReadOnlyDictionary<string, string> Tags)
{
    public string Node => Tags["actorp2p.node"];

    /// <summary>All tags except that of the node, as a text.</summary>
    public string Detail =>
        string.Join(' ', Tags.Where(static tag => tag.Key != "actorp2p.node").OrderBy(static tag => tag.Key)
        .Select(static tag => $"{tag.Key}={tag.Value}"));

    public static Measured Of(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        new(
        instrument.Name, value, tags.ToArray().ToDictionary(static tag => tag.Key, static tag => $"{tag.Value}"));
}
