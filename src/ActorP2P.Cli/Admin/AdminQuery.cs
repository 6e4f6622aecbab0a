using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>A command that asks a node for something, and prints the answer.</summary>
internal static class AdminQuery
{
    /// <summary>Adds the options for the node to a command, and what the command does.</summary>
    /// <param name="console">Where problems are printed.</param>
    /// <param name="command">The command.</param>
    /// <param name="run">Asks the node and prints the answer, as JSON or as text.</param>
    public static Command Complete(
        ToolConsole console, Command command, Func<AdminClient, bool, CancellationToken, Task> run)
    {
        ClientOptions client = new(login: LoginChoice.Always);
        client.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = client.Read(parsed);
                    await using AdminClient admin = await AdminClient.OpenAsync(settings, cancellationToken);
                    await run(admin, settings.Json, cancellationToken);
                    return ExitCodes.Done;
                },
                cancellationToken));
        return command;
    }
}
