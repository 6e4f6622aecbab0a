using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>A command that tells a node to do one thing, and prints what it has done.</summary>
internal static class OrderCommand
{
    /// <summary>Makes the command.</summary>
    /// <param name="console">Where it prints.</param>
    /// <param name="name">Its name, which is the action too.</param>
    /// <param name="description">What it does.</param>
    /// <param name="target">What it is done with.</param>
    /// <param name="past">How a line of its output begins.</param>
    /// <param name="examples">Examples for its help.</param>
    public static Command Create(
        ToolConsole console, string name, string description, Argument<string> target, string past,
        params string[] examples)
    {
        ClientOptions client = new(logsIn: true);
        Command command = new(name, description) { target };
        client.AddTo(command);
        Examples.Add(command, examples);
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = client.Read(parsed);
                    await using AdminClient admin = await AdminClient.OpenAsync(settings, cancellationToken);
                    AdminResult result = await admin.OrderAsync(
                        new AdminOrder(name, parsed.GetValue(target)!), cancellationToken);
                    return Print(console, settings.Json, past, result);
                },
                cancellationToken));
        return command;
    }

    private static int Print(ToolConsole console, bool json, string past, AdminResult result)
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
