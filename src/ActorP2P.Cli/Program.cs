using System.CommandLine;
using ActorP2P.Cli;
using ActorP2P.Cli.Simulate;

RootCommand root = new(
    "Runs simulations of ActorP2P nodes. Exit codes: 0 done, 1 failed, 2 wrong command line or file, 130 interrupted.")
{
    SimulateCommand.Create(),
};
ParseResult parsed = root.Parse(args);
int code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? ExitCodes.Usage : code;
