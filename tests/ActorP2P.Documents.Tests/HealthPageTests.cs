using System.Text.RegularExpressions;
using ActorP2P.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace ActorP2P.Documents.Tests;

/// <summary>docs/observability.md lists the states of health, and what a check says beside the state.</summary>
public sealed partial class HealthPageTests
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromSeconds(60);

    private static string Chapter => Repository.Read("docs/observability.md").Split("## Health")[1];

    [Fact]
    public async Task The_states_of_a_life_are_rows_of_the_table()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddActorP2P("a").AddActorP2P("b", node => node.WithOptions(options => options with
        {
            Listen = null,
            Bootstrap = [new PeerAddress("127.0.0.1", 1)],
        }));
        builder.Services.AddHealthChecks().AddActorP2P("a").AddActorP2P("b");
        using IHost host = builder.Build();
        HealthCheckService health = host.Services.GetRequiredService<HealthCheckService>();
        HealthReport early = await health.CheckHealthAsync();
        await host.StartAsync().WaitAsync(s_guard);
        HealthReport running = await health.CheckHealthAsync();
        await host.StopAsync().WaitAsync(s_guard);
        HealthReport late = await health.CheckHealthAsync();

        HealthReportEntry first = early.Entries["actorp2p.a"];
        HealthReportEntry well = running.Entries["actorp2p.a"];
        HealthReportEntry lonely = running.Entries["actorp2p.b"];
        HealthReportEntry last = late.Entries["actorp2p.a"];
        HealthRow[] rows = [.. Rows()];
        Assert.Contains(new HealthRow("has not started", $"{first.Status}", first.Description), rows);
        Assert.Contains(new HealthRow("was stopped", $"{last.Status}", last.Description), rows);
        Assert.Equal("none of these", rows.Single(row => row.State == $"{well.Status}").Node);
        Assert.Contains(
            rows, row => row.Node == "has fewer peers than wanted" && row.State == $"{lonely.Status}");
        Assert.Equal(rows.Select(row => row.State).Distinct().Order(), Enum.GetNames<HealthStatus>().Order());
        Assert.All(well.Data.Keys, key => Assert.Contains($"`{key}`", Chapter, StringComparison.Ordinal));
        Assert.All(well.Tags, tag => Assert.Contains($"`{tag}`", Chapter, StringComparison.Ordinal));
    }

    private static IEnumerable<HealthRow> Rows() => Row().Matches(Chapter).Select(row => new HealthRow(
        row.Groups["node"].Value,
        char.ToUpperInvariant(row.Groups["state"].Value[0]) + row.Groups["state"].Value[1..],
        row.Groups["text"].Value.Trim('`')));

    [GeneratedRegex(
        @"^\| (?<node>[^|]+) \| (?<state>unhealthy|degraded|healthy) \| (?<text>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed record HealthRow(string Node, string State, string? Description);
}
