using System.CommandLine;
using ActorP2P.Cli;
using ActorP2P.Cli.Run;
using ActorP2P.Cli.Simulate;

Command run = RunCommand.Create();
RootCommand root = new(
    "Runs ActorP2P nodes, and simulations of them. Exit codes: 0 done, 1 failed, 2 wrong command line or file, "
    + "3 a node cannot start, 130 a simulation was interrupted.")
{
    run,
    SimulateCommand.Create(),
};
ParseResult parsed = root.Parse(args);
InvocationConfiguration invocation = new()
{
    // After Ctrl+C a simulation ends its step and writes its report.
    ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
};
if (parsed.CommandResult.Command == run)
{
    // Nodes say goodbye and drain.
    invocation.ProcessTerminationTimeout = RunCommand.LongestEnd;
}

int code = await parsed.InvokeAsync(invocation);
return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
