using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>The command <c>tell</c>, which sends a message that needs no answer.</summary>
internal static class TellCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new(login: LoginChoice.OnRequest);
        PayloadOptions payload = new(console);
        Command command = new("tell", "Sends a node a message that has no answer.");
        payload.AddTo(command);
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p tell 127.0.0.1:9000 --network chess -t 0101 --text hello",
            "date | actorp2p tell hub --config hocon/local-mesh.conf -t 0101 --file -");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = client.Read(parsed);
                    RawMessage message = await payload.ReadAsync(parsed, cancellationToken);
                    await using ToolNode tool = await ToolNode.StartAsync(settings, null, null, cancellationToken);
                    Peer peer = await tool.ConnectAsync(settings, cancellationToken);
                    await tool.Node.TellAsync(
                        peer, (IMessage)message, new SendOptions { Lane = payload.LaneOf(parsed) }, cancellationToken);

                    // The goodbye is answered when all that was queued has been read.
                    await tool.Node.DisconnectAsync(peer, cancellationToken);
                    Print(console, settings.Json, peer, message);
                    return ExitCodes.Done;
                },
                cancellationToken));
        return command;
    }

    private static void Print(ToolConsole console, bool json, Peer peer, RawMessage message)
    {
        if (json)
        {
            console.WriteJson(new { told = $"{peer.Address}", bytes = message.Payload.Length });
        }
        else
        {
            console.Output.WriteLine($"told {peer}: {message.Payload.Length} bytes");
        }
    }
}
