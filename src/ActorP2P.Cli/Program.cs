using ActorP2P.Cli;
using ActorP2P.Cli.Terminal;

return await Tool.RunAsync(args, ToolConsole.OfProcess());
