using System.CommandLine;
using ActorP2P.Cli.Clients;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Files;

/// <summary>The command <c>fetch</c>, which lists the files that a node shares, and fetches them.</summary>
internal static class FetchCommand
{
    public static Command Create(ToolConsole console)
    {
        ClientOptions client = new();
        Argument<string[]> names = new("NAME")
        {
            Description = "The files to fetch; without names they are listed.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<string> folder = new("--to")
        {
            Description = "The folder for the files.",
            HelpName = "FOLDER",
            DefaultValueFactory = static _ => ".",
        };
        Option<bool> overwrite = new("--overwrite") { Description = "Replace files of the same name." };
        Command command = new(
            "fetch", "Lists the files that a node of run shares, or fetches some. One that was cut is continued.")
        {
            names, folder, overwrite,
        };
        client.AddTo(command);
        Examples.Add(
            command,
            "actorp2p fetch hub --config hocon/local-mesh.conf",
            "actorp2p fetch hub photo.jpg --to photos --config hocon/local-mesh.conf");
        command.SetAction((parsed, cancellationToken) =>
            new Verb(console, parsed.GetValue(client.Json)).RunAsync(
                () => RunAsync(
                    console,
                    client.Read(parsed),
                    parsed.GetValue(names) ?? [],
                    parsed.GetValue(folder)!,
                    parsed.GetValue(overwrite),
                    cancellationToken),
                cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolConsole console, ClientSettings settings, string[] names, string folder, bool isOverwriting,
        CancellationToken cancellationToken)
    {
        RequireNames(names, folder, isOverwriting);
        Directory.CreateDirectory(folder);
        Action<long, long> report = static (_, _) => { };
        await using ToolNode tool = await ToolNode.StartAsync(
            settings,
            protocol => FileService.Use(protocol).OnFile(
                (offer, _) => names.Contains(offer.Name) ? Path.Combine(folder, offer.Name) : null,
                new ProgressCall<FileProgress>(progress => report(progress.Received, progress.Length))),
            null,
            cancellationToken);
        Peer peer = await tool.ConnectAsync(settings.RequiredAddress, cancellationToken);
        FileOutput output = new(console, settings.Json);
        if (names.Length == 0)
        {
            List<SharedFile> files = [];
            await foreach (SharedFile file in tool.Node.AskManyAsync<SharedFile>(
                peer, new GetFiles(), cancellationToken: cancellationToken))
            {
                files.Add(file);
            }

            output.Listed(files);
        }

        // A file takes as long as it takes; the end of the connection ends the wait.
        SendOptions patient = new() { Timeout = Timeout.InfiniteTimeSpan };
        foreach (string name in names)
        {
            FetchedFile fetched = await FileProgressBar.RunAsync(console, !settings.Json, name, shown =>
            {
                report = shown;
                return tool.Node.AskAsync<FetchedFile>(peer, new FetchFile(name), patient, cancellationToken);
            });
            output.Moved("fetched", name, fetched);
        }

        return ExitCodes.Done;
    }

    private static void RequireNames(string[] names, string folder, bool isOverwriting)
    {
        foreach (string name in names)
        {
            if (!FileOffer.IsName(name))
            {
                throw new UsageException($"'{name}' is not the name of a file without a path.");
            }

            if (!isOverwriting && File.Exists(Path.Combine(folder, name)))
            {
                throw new UsageException($"{Path.Combine(folder, name)} exists already: give --overwrite or --to.");
            }
        }
    }
}
