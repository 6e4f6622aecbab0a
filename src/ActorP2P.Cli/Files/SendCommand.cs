using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Files;

/// <summary>The command <c>send</c>, which sends files to a node.</summary>
internal static class SendCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new();
        Argument<string[]> files = new("FILE")
        {
            Description = "The files to send.",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<bool> fromStart = new("--from-start")
        {
            Description = "Send all bytes, even if the node has a part of them from before.",
        };
        Command command = new(
            "send", "Sends files to a node that receives files. One that was cut is continued where it stopped.")
        {
            files, fromStart,
        };
        client.AddTo(command);
        Examples.Add(command, "actorp2p send hub photo.jpg --config hocon/local-mesh.conf");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                async () =>
                {
                    ClientSettings settings = client.Read(parsed);
                    string[] paths = [.. parsed.GetValue(files)!.Select(Arguments.ExistingFile)];
                    await using ToolNode tool = await ToolNode.StartAsync(settings, null, null, cancellationToken);
                    Peer peer = await tool.ConnectAsync(settings.RequiredAddress, cancellationToken);
                    foreach (string path in paths)
                    {
                        FileSent sent = await SendAsync(
                            console, settings.Json, tool.Node, peer, path, parsed.GetValue(fromStart),
                            cancellationToken);
                        new FileOutput(console, settings.Json).Moved("sent", sent.Name, new FetchedFile(
                            sent.Length, sent.ResumedFrom, Convert.ToHexStringLower(sent.Hash.Span)));
                    }

                    return ExitCodes.Done;
                },
                cancellationToken));
        return command;
    }

    private static Task<FileSent> SendAsync(
        ToolConsole console, bool json, P2PNode node, Peer peer, string path, bool isFromStart,
        CancellationToken cancellationToken)
    {
        long length = new FileInfo(path).Length;
        return FileProgressBar.RunAsync(console, !json, Path.GetFileName(path), report => node.SendFileAsync(
            peer, path, null, new ProgressCall<long>(done => report(done, length)), isFromStart, cancellationToken));
    }
}
