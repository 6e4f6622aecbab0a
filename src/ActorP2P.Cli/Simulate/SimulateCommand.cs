using System.CommandLine;
using ActorP2P.Cli.Terminal;
using ActorP2P.Simulation;
using Microsoft.Extensions.Logging;

namespace ActorP2P.Cli.Simulate;

/// <summary>The command <c>simulate</c>, which runs all seeds of a scenario here or over a cluster.</summary>
internal static class SimulateCommand
{
    public const string Name = "simulate";

    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE") { Description = "The scenario, in HOCON." };
        Option<int?> seeds =
            new("--seeds") { Description = "The number of seeds; overrides the file.", HelpName = "N" };
        Option<ulong?> first =
            new("--first") { Description = "The first seed; overrides the file.", HelpName = "SEED" };
        Option<bool> cluster =
            new("--cluster") { Description = "Start a cluster, and distribute the seeds over its members." };
        Option<string?> join =
            new("--join") { Description = "Run seeds for the cluster of this member.", HelpName = "HOST:PORT" };
        Option<string> host = new("--host")
        {
            Description = "The host name or address at which other members reach this one.",
            HelpName = "HOST",
            DefaultValueFactory = _ => "127.0.0.1",
        };
        Option<int> port =
            new("--port") { Description = "The cluster's port; 0: the system chooses.", HelpName = "PORT" };
        Option<int> patience = new("--patience")
        {
            Description = "How long a member looks for the cluster's coordinator.",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        Option<bool> json = new("--json") { Description = "One line of JSON for each seed." };
        Command command = new(
            Name, "Runs a scenario with each of its seeds, and checks its expectations.")
        {
            file, seeds, first, cluster, join, host, port, patience, json,
        };
        Examples.Add(
            command,
            "actorp2p simulate hocon/simulations/smoke.conf --seeds 10",
            "actorp2p simulate hocon/simulations/churn.conf --cluster");
        command.SetAction((parsed, cancellationToken) =>
        {
            SimulateOutput output = new(console.Output, parsed.GetValue(json));
            return RunAsync(
                parsed.GetValue(file)!,
                scenario => scenario with
                {
                    SeedCount = parsed.GetValue(seeds) ?? scenario.SeedCount,
                    FirstSeed = parsed.GetValue(first) ?? scenario.FirstSeed,
                },
                scenario => parsed.GetValue(cluster) || parsed.GetValue(join) is not null
                    ? new ClusterRunOptions
                    {
                        Scenario = scenario,
                        Host = parsed.GetValue(host)!,
                        Port = parsed.GetValue(port),
                        Join = parsed.GetValue(join),
                        CoordinatorTimeout = TimeSpan.FromSeconds(Math.Max(1, parsed.GetValue(patience))),
                    }
                    : null,
                output,
                console.Error,
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        string file,
        Func<Scenario, Scenario> change,
        Func<Scenario, ClusterRunOptions?> inCluster,
        SimulateOutput output,
        TextWriter error,
        CancellationToken cancellationToken)
    {
        Scenario scenario;
        try
        {
            scenario = change(Scenario.FromFile(file));
            ArgumentOutOfRangeException.ThrowIfLessThan(scenario.SeedCount, 1, "--seeds");
        }
        catch (Exception wrong) when (wrong is ScenarioException or ArgumentException)
        {
            await error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }

        // Standard output is reserved for results.
        using ILoggerFactory loggers = LoggerFactory.Create(logging => logging
            .SetMinimumLevel(LogLevel.Warning)
            .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        try
        {
            ClusterRunReport report = inCluster(scenario) is { } options
                ? await ClusterRun.RunAsync(options with { LoggerFactory = loggers, Joined = output.Joined },
                    output.Listening, output, cancellationToken)
                : RunHere(scenario, output, cancellationToken);
            output.End(report);
            return report.Failed == 0 ? ExitCodes.Done : ExitCodes.Failed;
        }
        catch (ClosedPipeException)
        {
            return ExitCodes.Done;
        }
        catch (ClusterRunException failed)
        {
            await error.WriteLineAsync(failed.Message);
            return ExitCodes.Failed;
        }
        catch (OperationCanceledException)
        {
            output.End(output.SoFar());
            await error.WriteLineAsync("Interrupted.");
            return ExitCodes.Interrupted;
        }
    }

    private static ClusterRunReport RunHere(
        Scenario scenario, SimulateOutput output, CancellationToken cancellationToken)
    {
        foreach (ulong seed in scenario.Seeds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            output.Report(scenario.Run(seed));
        }

        return output.SoFar();
    }
}
