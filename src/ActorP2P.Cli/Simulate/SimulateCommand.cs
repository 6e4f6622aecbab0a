using System.CommandLine;
using System.CommandLine.Parsing;
using ActorP2P.Cli.Terminal;
using ActorP2P.Hocon;
using ActorP2P.Simulation;

namespace ActorP2P.Cli.Simulate;

/// <summary>The command line of <c>simulate</c>, which runs all seeds of a scenario here or over a cluster.</summary>
internal static class SimulateCommand
{
    public const string Name = "simulate";

    /// <summary>How long it may take to end after Ctrl+C.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(30);

    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE") { Description = "The scenario, in HOCON." };
        Option<int?> seeds = New<int?>("--seeds", "N", "The number of seeds; overrides the file.");
        Option<ulong?> first = New<ulong?>("--first", "SEED", "The first seed; overrides the file.");
        Option<int> parallel = New<int>("--parallel", "N", "How many seeds are run at the same time in this process.");
        parallel.DefaultValueFactory = static _ => 1;
        Option<string?> report = New<string?>("--report", "FILE", "Write a page of HTML about the first seed that "
            + "failed, or the first.");
        Option<string?> picture = New<string?>("--picture", "FILE", "Write the charts of the page as an SVG picture.");
        Option<string?> csv = New<string?>("--csv", "FILE", "Write the figures over time as comma-separated values.");
        Option<ulong?> replay = New<ulong?>("--replay", "SEED", "Run this seed and show what happens.");
        Option<string?> node = New<string?>("--node", "NAME", "Show only what happens at this node.");
        Option<TimeSpan> from = Time("--from", "Show only what happens from this virtual time on, such as 1.5s.",
            TimeSpan.Zero);
        Option<TimeSpan> to = Time("--to", "Show only what happens up to this virtual time.", TimeSpan.MaxValue);
        Option<bool> cluster =
            new("--cluster") { Description = "Start a cluster, and distribute the seeds over its members." };
        Option<string?> join = New<string?>("--join", "HOST:PORT", "Run seeds for the cluster of this member.");
        Option<string> host = New<string>(
            "--host", "HOST", "The host name or address at which other members reach this one.");
        host.DefaultValueFactory = static _ => "127.0.0.1";
        Option<int> port = New<int>("--port", "PORT", "The cluster's port; 0: the system chooses.");
        Option<int> patience = New<int>(
            "--patience", "SECONDS", "How long a member looks for the cluster's coordinator.");
        patience.DefaultValueFactory = static _ => 30;
        Option<bool> real = new("--real")
        {
            Description = "Run real nodes on real sockets, in real time; over a cluster, each member its share.",
        };
        Option<int> members = New<int>("--members", "N", "The number of members that share the real nodes.");
        members.DefaultValueFactory = static _ => 1;
        Option<bool> json = new("--json") { Description = "One line of JSON for each seed." };
        Command command = new(
            Name, "Runs a scenario with each of its seeds, and checks its expectations.")
        {
            file, seeds, first, parallel, report, picture, csv, replay, node, from, to, cluster, join, host, port, patience,
            real, members, json,
        };
        Examples.Add(
            command,
            "actorp2p simulate hocon/simulations/smoke.conf --seeds 10",
            "actorp2p simulate hocon/simulations/churn.conf --report churn.html",
            "actorp2p simulate hocon/simulations/churn.conf --cluster",
            "actorp2p simulate hocon/simulations/smoke.conf --seeds 1 --real");
        command.SetAction((parsed, cancellationToken) => new SimulateRun(
            new SimulateRequest
            {
                File = parsed.GetValue(file)!,
                Seeds = parsed.GetValue(seeds),
                First = parsed.GetValue(first),
                Parallel = parsed.GetValue(parallel),
                Report = parsed.GetValue(report),
                Picture = parsed.GetValue(picture),
                Csv = parsed.GetValue(csv),
                Replay = parsed.GetValue(replay),
                Filter = new ReplayFilter
                {
                    Node = parsed.GetValue(node),
                    From = parsed.GetValue(from),
                    To = parsed.GetValue(to),
                },
                IsReal = parsed.GetValue(real),
                Members = parsed.GetValue(members),
                Host = parsed.GetValue(host)!,
                InCluster = parsed.GetValue(cluster) || parsed.GetValue(join) is not null
                    ? scenario => new ClusterRunOptions
                    {
                        Scenario = scenario,
                        Host = parsed.GetValue(host)!,
                        Port = parsed.GetValue(port),
                        Join = parsed.GetValue(join),
                        RealMembers = parsed.GetValue(real) ? parsed.GetValue(members) : null,
                        CoordinatorTimeout = TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(patience))),
                    }
                    : null,
            },
            new SimulateOutput(console.Output, parsed.GetValue(json)),
            new SimulateProgress(console.Error, !Console.IsErrorRedirected),
            console.Error).RunAsync(cancellationToken));
        return command;
    }

    private static Option<T> New<T>(string name, string value, string description) =>
        new(name) { Description = description, HelpName = value };

    /// <summary>An option with a time as in HOCON.</summary>
    private static Option<TimeSpan> Time(string name, string description, TimeSpan @default)
    {
        Option<TimeSpan> option = New<TimeSpan>(name, "TIME", description);
        option.DefaultValueFactory = _ => @default;
        option.CustomParser = Parse;
        return option;
    }

    private static TimeSpan Parse(ArgumentResult given)
    {
        try
        {
            return HoconConfig.Parse($"time = {HoconConfig.Quote(given.Tokens[0].Value)}").GetTimeSpan(
                "time", allowInfinite: false);
        }
        catch (HoconException malformed)
        {
            given.AddError(malformed.Message);
            return TimeSpan.Zero;
        }
    }
}
