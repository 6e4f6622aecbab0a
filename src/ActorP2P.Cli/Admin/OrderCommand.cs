using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>A command that tells a node to do one thing, and prints what it has done.</summary>
/// <param name="console">Where it prints.</param>
/// <param name="past">How a line of its output begins.</param>
internal sealed class OrderCommand(ToolConsole console, string past)
{
    private readonly ClientOptions _client = new(login: LoginChoice.Always);

    /// <summary>Adds the options for the node to a command, and what the command does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="order">Reads what the node is to do.</param>
    public Command Complete(Command command, Func<ParseResult, AdminOrder> order)
    {
        _client.AddTo(command);
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(_client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = _client.Read(parsed);
                    AdminOrder wanted = order(parsed);
                    await using AdminClient admin = await AdminClient.OpenAsync(settings, cancellationToken);
                    return Print(settings.Json, await admin.OrderAsync(wanted, cancellationToken));
                },
                cancellationToken));
        return command;
    }

    private int Print(bool json, AdminResult result)
    {
        if (json)
        {
            console.WriteJson(result);
        }
        else
        {
            foreach (string done in result.Done)
            {
                console.Output.WriteLine(SafeText.Of($"{past} {done}"));
            }
        }

        if (result.Problem is null)
        {
            return ExitCodes.Done;
        }

        console.Error.WriteLine(SafeText.Of(result.Problem));
        return ExitCodes.Failed;
    }
}
