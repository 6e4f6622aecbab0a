using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;
using Spectre.Console;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>top</c>, a table of a node's peers that changes with them.</summary>
internal static class TopCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new(login: LoginChoice.Always);
        Option<double> interval = new("--interval", "-i")
        {
            Description = "The time between two looks.",
            HelpName = "SECONDS",
            DefaultValueFactory = static _ => 1,
        };
        Option<int> count = new("--count", "-c")
        {
            Description = "How many times to look; 0: until Ctrl+C.",
            HelpName = "N",
        };
        Command command = new(
            "top", "Shows the peers of a node with their rates and lanes, and why connections ended. Needs its cookie.")
        {
            interval, count,
        };
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p top hub --config hocon/local-mesh.conf",
            "actorp2p top hub --config hocon/local-mesh.conf --json -c 1");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                () => RunAsync(
                    console,
                    client.Read(parsed),
                    ClientOptions.TimeOf(parsed.GetValue(interval)),
                    Arguments.NotNegative(parsed.GetValue(count), "--count"),
                    cancellationToken),
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolConsole console, ClientSettings settings, TimeSpan interval, int count,
        CancellationToken cancellationToken)
    {
        await using AdminClient admin = await AdminClient.OpenAsync(settings, cancellationToken);
        try
        {
            if (console.IsTerminal && !settings.Json)
            {
                await console.Live().Live(new Text("")).AutoClear(false).StartAsync(live => LookAsync(
                    admin, interval, count, (now, before) => live.UpdateTarget(Screen(now, before, console)),
                    cancellationToken));
            }
            else
            {
                await LookAsync(
                    admin, interval, count, (now, before) => Print(console, settings.Json, now, before),
                    cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Ctrl+C is how it ends.
        }

        return ExitCodes.Done;
    }

    private static async Task LookAsync(
        AdminClient admin, TimeSpan interval, int count, Action<NodeReport, NodeReport?> show,
        CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(interval);
        NodeReport? before = null;
        int looks = 0;
        do
        {
            NodeReport now = await admin.ReportAsync(cancellationToken);
            show(now, before);
            before = now;
            looks++;
        }
        while (looks != count && await timer.WaitForNextTickAsync(cancellationToken));
    }

    private static Rows Screen(NodeReport now, NodeReport? before, ToolConsole console)
    {
        // The titles of the table follow three lines and an empty one.
        const int Titles = 4;
        IReadOnlyList<string> lines = TopScreen.Lines(now, before, console.Width, console.Height);
        return new Rows(lines.Select((line, at) => new Text(
            line.Length == 0 ? " " : line, at is 0 or Titles ? new Style(decoration: Decoration.Bold) : Style.Plain)));
    }

    private static void Print(ToolConsole console, bool json, NodeReport now, NodeReport? before)
    {
        if (json)
        {
            console.WriteJson(now);
            return;
        }

        foreach (string line in TopScreen.Lines(now, before, console.Width))
        {
            console.Output.WriteLine(line);
        }

        console.Output.WriteLine();
    }
}
