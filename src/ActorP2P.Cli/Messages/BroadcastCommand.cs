using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>The command <c>broadcast</c>, which spreads a message from one node through the mesh.</summary>
internal static class BroadcastCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new(login: LoginChoice.OnRequest);
        PayloadOptions payload = new(console);
        Option<bool> signed = new("--signed") { Description = "Sign it with the key of --identity." };
        Command command = new(
            "broadcast", "Hands a node a message, which the nodes that accept it spread through the mesh.");
        payload.AddTo(command);
        command.Options.Add(signed);
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p broadcast hub --config hocon/local-mesh.conf -t 0201 --text news",
            "actorp2p broadcast hub --config hocon/local-mesh.conf -t 0201 --hex 6e657773");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = client.Read(parsed);
                    RawMessage message = await payload.ReadAsync(parsed, cancellationToken);
                    await using ToolNode tool = await ToolNode.StartAsync(settings, null, null, cancellationToken);
                    Peer peer = await tool.ConnectAsync(settings, cancellationToken);
                    SendOptions how = new() { Lane = payload.LaneOf(parsed) };
                    int peers = parsed.GetValue(signed)
                        ? await tool.Node.BroadcastSignedAsync((IMessage)message, how, cancellationToken)
                        : await tool.Node.BroadcastAsync((IMessage)message, how, cancellationToken);
                    await tool.Node.DisconnectAsync(peer, cancellationToken);
                    return Print(console, settings.Json, peer, message, peers > 0);
                },
                cancellationToken));
        return command;
    }

    private static int Print(ToolConsole console, bool json, Peer peer, RawMessage message, bool isSent)
    {
        if (json)
        {
            console.WriteJson(new { sent = isSent, node = $"{peer.Address}", bytes = message.Payload.Length });
        }
        else if (isSent)
        {
            console.Output.WriteLine($"broadcast by {peer}: {message.Payload.Length} bytes");
        }

        if (!isSent)
        {
            console.Error.WriteLine(
                $"{peer} wants no broadcasts of the type {message.MessageType:x4}. It wants: {peer.WantedBroadcasts}.");
        }

        return isSent ? ExitCodes.Done : ExitCodes.Failed;
    }
}
