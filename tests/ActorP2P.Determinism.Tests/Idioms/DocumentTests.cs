using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ActorP2P.Determinism.Tests;

/// <summary>The list of idioms in docs/determinism.md agrees with the tests.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public void Every_row_of_idioms_names_a_test_that_exists()
    {
        string text = File.ReadAllText(Document());
        string table = text.Split("## Idioms")[1].Split("\n## ")[0];
        string[] rows = [.. table.Split('\n').Where(static line => line.StartsWith('|')).Skip(2)];
        HashSet<string> tests = [.. typeof(DocumentTests).Assembly.GetTypes()
            .SelectMany(static type => type.GetMethods())
            .Where(static method => method.GetCustomAttribute<FactAttribute>() is not null)
            .Select(static method => method.Name)];
        Assert.True(rows.Length > 50, "The table of idioms is not at its place.");
        Assert.All(rows, row => Assert.Contains(LastName().Match(row).Groups[1].Value, tests));
        Assert.Equal(rows.Length, rows.Select(static row => row.Split('|')[1]).Distinct().Count());
    }

    [Fact]
    public void The_first_example_works()
    {
        SimulatedWorld world = new(seed: 7);
        ActorSystem system = SimulatedSystem.Create(world, "shop");
        IActorRef order = system.ActorOf(Props.Create(() => new Order()));

        string answer = world.Run(() => order.Ask<string>("pay"), limit: TimeSpan.FromDays(1));

        Assert.Equal("paid after 02:00:00", answer);
        Assert.Equal(TimeSpan.FromHours(2), world.Now);
    }

    [GeneratedRegex(@"`(\w+)` \|\s*$")]
    private static partial Regex LastName();

    private static string Document([CallerFilePath] string thisFile = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "..", "docs", "determinism.md"));

    private sealed class Order : ReceiveActor
    {
        public Order() => ReceiveAsync<string>(async _ =>
        {
            TimeProvider time = SimulatedSystem.TimeProviderOf(Context.System) ?? TimeProvider.System;
            long begin = time.GetTimestamp();
            await Task.Delay(TimeSpan.FromHours(2), time);
            Sender.Tell($"paid after {time.GetElapsedTime(begin)}");
        });
    }
}
