using System.CommandLine;
using System.CommandLine.Invocation;
using ActorP2P.Cli.Admin;
using ActorP2P.Cli.Decode;
using ActorP2P.Cli.Files;
using ActorP2P.Cli.Keys;
using ActorP2P.Cli.Messages;
using ActorP2P.Cli.Ping;
using ActorP2P.Cli.Run;
using ActorP2P.Cli.Simulate;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli;

/// <summary>The tool: all its commands.</summary>
internal static class Tool
{
    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words of the command line.</param>
    /// <param name="console">Where the results go.</param>
    /// <param name="cancellationToken">Ends the command as Ctrl+C does.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, ToolConsole console, CancellationToken cancellationToken = default)
    {
        RootCommand root = CreateRoot(console);
        HelpWithExamples.Use(root, console.Width);
        ParseResult parsed = root.Parse(arguments);
        InvocationConfiguration invocation = new() { Output = console.Output, Error = console.Error };

        // After Ctrl+C nodes say goodbye and drain, and a simulation ends its step and writes its report.
        invocation.ProcessTerminationTimeout = parsed.CommandResult.Command.Name == SimulateCommand.Name
            ? SimulateCommand.LongestEnd
            : RunCommand.LongestEnd;

        if (parsed.Action is ParseErrorAction)
        {
            ParseProblems.Print(parsed, root, console.Error);
            return ExitCodes.Usage;
        }

        return await parsed.InvokeAsync(invocation, cancellationToken);
    }

    /// <summary>Makes all commands.</summary>
    public static RootCommand CreateRoot(ToolConsole console)
    {
        return new RootCommand(
            "Runs ActorP2P nodes, looks at them and talks to them, and runs simulations of them. Exit codes: 0 done, "
            + "1 failed, 2 wrong command line or file, 3 a node cannot start or a file cannot be used, 4 no "
            + "connection, 130 interrupted.")
        {
            RunCommand.Create(console),
            KeygenCommand.Create(console),
            IdCommand.Create(console),
            PingCommand.Create(console),
            AskCommand.Create(console),
            TellCommand.Create(console),
            BroadcastCommand.Create(console),
            ListenCommand.Create(console),
            SendCommand.Create(console),
            FetchCommand.Create(console),
            PeersCommand.Create(console),
            TopCommand.Create(console),
            ConnectCommand.Create(console),
            DisconnectCommand.Create(console),
            BanCommand.Create(console),
            UnbanCommand.Create(console),
            BansCommand.Create(console),
            DecodeCommand.Create(console),
            SimulateCommand.Create(console),
        };
    }
}
