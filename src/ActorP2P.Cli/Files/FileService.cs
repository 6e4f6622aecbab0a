namespace ActorP2P.Cli.Files;

/// <summary>The service by which a node of <c>run</c> lists the files of a folder and sends them.</summary>
internal static class FileService
{
    public const string Name = "actorp2p-files/1";

    private const byte Code = 0xfd;
    private const ushort NoSuchFile = (ushort)RequestErrorCode.FirstApplicationCode;

    /// <summary>The end of the name of a file that has not arrived whole.</summary>
    private const string PartialEnd = ".part";

    /// <summary>Registers the messages and the name of the service on a node that uses it of another.</summary>
    public static ProtocolBuilder Use(ProtocolBuilder protocol) => Know(protocol).Service(Code, Name);

    /// <summary>Registers the messages, on either side.</summary>
    private static ProtocolBuilder Know(ProtocolBuilder protocol) => protocol
        .UseJson((Code << 8) | 1, FileMessages.Default.GetFiles)
        .UseJson((Code << 8) | 2, FileMessages.Default.SharedFile)
        .UseJson((Code << 8) | 3, FileMessages.Default.FetchFile)
        .UseJson((Code << 8) | 4, FileMessages.Default.FetchedFile);

    /// <summary>Registers the service on a node.</summary>
    /// <param name="protocol">The node's protocol.</param>
    /// <param name="folder">The folder whose files every peer may have.</param>
    public static void Register(ProtocolBuilder protocol, string folder) =>
        Know(protocol).Service(Code, Name, ServiceAccess.Open, files => files
            .OnRequestMany<GetFiles, SharedFile>((_, _) => FilesOf(folder).ToAsyncEnumerable())
            .OnRequest<FetchFile, FetchedFile>((fetch, context) => SendAsync(folder, fetch, context)));

    private static IEnumerable<SharedFile> FilesOf(string folder) => new DirectoryInfo(folder).EnumerateFiles()
        .Where(static file => FileOffer.IsName(file.Name) && file.Extension != PartialEnd)
        .OrderBy(static file => file.Name, StringComparer.Ordinal)
        .Select(static file => new SharedFile(file.Name, file.Length));

    private static async ValueTask<FetchedFile> SendAsync(string folder, FetchFile fetch, RequestContext context)
    {
        if (!FileOffer.IsName(fetch.Name) || Path.GetExtension(fetch.Name) == PartialEnd
            || !File.Exists(Path.Combine(folder, fetch.Name)))
        {
            throw new RequestRefusedException(NoSuchFile, "there is no file of that name here");
        }

        FileSent sent = await context.Node.SendFileAsync(
            context.Peer, Path.Combine(folder, fetch.Name), cancellationToken: context.CancellationToken);
        return new FetchedFile(sent.Length, sent.ResumedFrom, Convert.ToHexStringLower(sent.Hash.Span));
    }
}
