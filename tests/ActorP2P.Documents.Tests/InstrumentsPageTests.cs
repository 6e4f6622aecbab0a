using System.Diagnostics.Metrics;
using System.Text;
using System.Text.RegularExpressions;

namespace ActorP2P.Documents.Tests;

/// <summary>
/// docs/observability.md lists every instrument. With ACTORP2P_WRITE_DOCS=1 the test writes the table.
/// </summary>
public sealed partial class InstrumentsPageTests
{
    private const string Page = "docs/observability.md";
    private const string Begin = "<!-- instruments: made from the meter -->\n";
    private const string End = "<!-- end of instruments -->";

    // The tags of values that are recorded only when something ends, which an observable instrument cannot show.
    private static readonly Dictionary<string, string> s_tagsOfEnds = new()
    {
        ["actorp2p.connection.duration"] =
            "`actorp2p.connection.direction`, `actorp2p.disconnect.reason`, `error.type`",
        ["actorp2p.connection.refused"] = "`actorp2p.connection.direction`, `error.type`",
        ["actorp2p.dial.failures"] = "`error.type`",
        ["actorp2p.ask.duration"] = "`error.type`",
        ["actorp2p.connection.round_trip"] = "",
        ["actorp2p.handler.duration"] = "`actorp2p.message.kind`: `broadcast`, `notify`, `request`, `stream`, `error.type`",
        ["actorp2p.handler.failures"] = "",
        ["actorp2p.peer.penalties"] = "",
    };

    [Fact]
    public async Task The_table_of_instruments_is_that_of_the_meter()
    {
        string table = await TableAsync();
        string page = Repository.Read(Page);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end >= begin, $"{Page} has no marks of the table.");
        if (Environment.GetEnvironmentVariable("ACTORP2P_WRITE_DOCS") == "1")
        {
            await File.WriteAllTextAsync(Path.Combine(Repository.Root, Page), page[..begin] + table + page[end..]);
            return;
        }

        Assert.Equal(table, page[begin..end]);
    }

    private static async Task<string> TableAsync()
    {
        Dictionary<string, Instrument> instruments = [];
        Dictionary<string, Dictionary<string, SortedSet<string>>> tags = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "ActorP2P")
            {
                instruments[instrument.Name] = instrument;
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, measured, _) =>
        {
            Dictionary<string, SortedSet<string>> known =
                tags.TryGetValue(instrument.Name, out var found) ? found : tags[instrument.Name] = [];
            foreach ((string key, object? value) in measured)
            {
                (known.TryGetValue(key, out SortedSet<string>? values) ? values : known[key] = []).Add($"{value}");
            }
        });
        listener.Start();
        await using P2PNode node = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });
        listener.RecordObservableInstruments();

        StringBuilder table = new("| instrument | kind | unit | what it is | tags |\n|---|---|---|---|---|\n");
        foreach (Instrument instrument in instruments.Values
            .OrderBy(static instrument => instrument.Name, StringComparer.Ordinal))
        {
            string text = s_tagsOfEnds.TryGetValue(instrument.Name, out string? ends)
                ? ends
                : Text(tags[instrument.Name]);
            table.Append(
                $"| `{instrument.Name}` | {Kind(instrument)} | `{instrument.Unit}` | {instrument.Description} | "
                + $"{text} |\n");
        }

        return table.ToString();
    }

    private static string Kind(Instrument instrument) =>
        KindName().Match(instrument.GetType().Name).Groups["kind"].Value switch
        {
            "Counter" => "counter",
            "UpDownCounter" => "up-down counter",
            string kind => kind.ToLowerInvariant(),
        };

    private static string Text(Dictionary<string, SortedSet<string>> tags) => string.Join(", ", tags
        .Where(static tag => tag.Key != "actorp2p.node")
        .Select(static tag => $"`{tag.Key}`: {string.Join(", ", tag.Value.Select(static value => $"`{value}`"))}"));

    [GeneratedRegex("^(Observable)?(?<kind>[A-Za-z]+)`1$")]
    private static partial Regex KindName();
}
