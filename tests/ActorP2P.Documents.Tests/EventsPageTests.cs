using System.Globalization;
using System.Reflection;
using System.Text;
using ActorP2P.Hosting;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Documents.Tests;

/// <summary>
/// docs/observability.md lists every line that the libraries log. With ACTORP2P_WRITE_DOCS=1 the test writes the table.
/// </summary>
public sealed class EventsPageTests
{
    private const string Page = "docs/observability.md";
    private const string Begin = "<!-- events: made from the libraries -->\n";
    private const string End = "<!-- end of events -->";

    [Fact]
    public async Task The_table_of_events_is_that_of_the_libraries()
    {
        string table = Table();
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

    [Fact]
    public void Each_library_has_a_range_of_ids_and_uses_each_once()
    {
        int[] node = [.. Messages(typeof(P2PNode).Assembly).Select(message => message.EventId)];
        int[] hosting = [.. Messages(typeof(P2PNodeBuilder).Assembly).Select(message => message.EventId)];

        int[] storage = [.. Messages(typeof(SqlitePeerStore).Assembly).Select(message => message.EventId)];

        Assert.NotEmpty(hosting);
        Assert.NotEmpty(storage);
        Assert.All(node, id => Assert.InRange(id, 1000, 1999));
        Assert.All(hosting, id => Assert.InRange(id, 2000, 2999));
        Assert.All(storage, id => Assert.InRange(id, 3000, 3999));
        Assert.Equal(node.Distinct(), node);
        Assert.Equal(storage.Distinct(), storage);
        Assert.Equal(hosting.Distinct(), hosting);
        Assert.Empty(LimitedLogger.Limited.Except(node));
    }

    private static string Table()
    {
        StringBuilder table = new("| id | level | line | limited |\n|---|---|---|---|\n");
        foreach (LoggerMessageAttribute message in Messages(typeof(P2PNode).Assembly)
            .Concat(Messages(typeof(P2PNodeBuilder).Assembly))
            .Concat(Messages(typeof(SqlitePeerStore).Assembly)).OrderBy(message => message.EventId))
        {
            table.Append(CultureInfo.InvariantCulture, $"| {message.EventId} | {message.Level} | {message.Message} | ")
                .Append(LimitedLogger.Limited.Contains(message.EventId) ? "yes" : "").Append(" |\n");
        }

        return table.ToString();
    }

    private static IEnumerable<LoggerMessageAttribute> Messages(Assembly library) => library.GetTypes()
        .SelectMany(
            type => type.GetMethods(
                BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        .Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
        .OfType<LoggerMessageAttribute>();
}
