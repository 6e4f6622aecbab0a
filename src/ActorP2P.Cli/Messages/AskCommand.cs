using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Messages;

/// <summary>The command <c>ask</c>, which sends a request and prints the answer.</summary>
internal static class AskCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new(login: LoginChoice.OnRequest);
        PayloadOptions payload = new(console);
        Option<string?> reply = new("--reply")
        {
            Description = "The type of the answer; by default that of the request.",
            HelpName = "CODE",
        };
        Command command = new("ask", "Sends a node a request, and prints the answer.");
        payload.AddTo(command);
        command.Options.Add(reply);
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p ask hub --config hocon/local-mesh.conf -t 0101 --text hello",
            """actorp2p ask 127.0.0.1:9000 -t 0101 --reply 0102 --object '{"height":7}'""");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = client.Read(parsed);
                    RawMessage request = await payload.ReadAsync(parsed, cancellationToken);
                    ushort type = parsed.GetValue(reply) is { } named ? TypeCodes.Parse(named) : request.MessageType;
                    await using ToolNode tool = await ToolNode.StartAsync(
                        settings, protocol => protocol.UseCodec(new RawCodec(type)), null, cancellationToken);
                    Peer peer = await tool.ConnectAsync(settings, cancellationToken);
                    long began = TimeProvider.System.GetTimestamp();
                    RawBody answer = await tool.Node.AskAsync<RawBody>(
                        peer, (object)request, new SendOptions { Lane = payload.LaneOf(parsed) }, cancellationToken);
                    Print(console, settings.Json, type, answer, TimeProvider.System.GetElapsedTime(began));
                    return ExitCodes.Done;
                },
                cancellationToken));
        return command;
    }

    private static void Print(ToolConsole console, bool json, ushort type, RawBody answer, TimeSpan took)
    {
        ReadOnlySpan<byte> bytes = answer.Bytes.Span;
        if (json)
        {
            console.WriteJson(new
            {
                type = $"{type:x4}",
                bytes = bytes.Length,
                text = SafeText.TextOf(bytes),
                hex = Convert.ToHexStringLower(bytes),
                tookMs = Math.Round(took.TotalMilliseconds, 3),
            });
        }
        else
        {
            console.Output.WriteLine(MessageOutput.Text(bytes, bytes.Length));
        }
    }
}
