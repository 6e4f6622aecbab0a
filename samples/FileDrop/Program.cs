using System.Diagnostics;
using System.Text.Json.Serialization;
using ActorP2P;

// Offers the files of a folder to peers, and fetches files of peers into it. A fetch that was cut, even by kill -9, is
// continued where it stopped. Arguments: the folder, the address of a node that already runs this program, and the
// names of the files to fetch from it. Without names the files of that node are listed; without an address this node
// waits for others.
const ushort NoSuchFile = 0x0101;
string folder = Directory.CreateDirectory(args.Length > 0 ? args[0] : ".").FullName;
P2PNodeOptions options = new() { NetworkId = "file-drop", Transport = TransportKind.Sockets };
await using P2PNode node = await P2PNode.StartAsync(options, protocol => protocol
    .UseJson(0x0101, Messages.Default.GetNames)
    .UseJson(0x0102, Messages.Default.Offered)
    .UseJson(0x0103, Messages.Default.Fetch)
    .UseJson(0x0104, Messages.Default.Sent)
    .OnRequestMany<GetNames, Offered>((_, _) => Offers(folder).ToAsyncEnumerable())
    .OnRequest<Fetch, Sent>((fetch, context) => SendAsync(folder, fetch, context))
    .OnFile(folder, new Display()));
Console.WriteLine($"listening on {node.ListenAddresses[0]}");

try
{
    Peer? peer = args.Length > 1 ? await node.ConnectAsync(PeerAddress.Parse(args[1])) : null;
    if (peer is not null && args.Length == 2)
    {
        await foreach (Offered file in node.AskManyAsync<Offered>(peer, new GetNames()))
        {
            Console.WriteLine($"offered: {file.Name}, {file.Length} bytes");
        }
    }

    SendOptions patient = new() { Timeout = Timeout.InfiniteTimeSpan };
    foreach (string name in args.Skip(2))
    {
        Sent sent = await node.AskAsync<Sent>(peer!, new Fetch(name), patient);
        Console.WriteLine($"fetched: {name}, {sent.Length} bytes ({sent.ResumedFrom} before), SHA-256 {sent.Hash}");
    }
}
catch (P2PException failed)
{
    Console.WriteLine(failed.Message);
}

if (args.Length <= 1)
{
    while (Console.ReadLine() is not null)
    {
        // The node serves until its input ends.
    }
}

static IEnumerable<Offered> Offers(string folder) => new DirectoryInfo(folder).EnumerateFiles()
    .Where(file => FileOffer.IsName(file.Name) && file.Extension != ".part")
    .OrderBy(file => file.Name, StringComparer.Ordinal)
    .Select(file => new Offered(file.Name, file.Length));

// The peer asks for a file, and this node sends it: the answer says that it has arrived whole, with the right hash.
static async ValueTask<Sent> SendAsync(string folder, Fetch fetch, RequestContext context)
{
    if (!FileOffer.IsName(fetch.Name) || !File.Exists(Path.Combine(folder, fetch.Name)))
    {
        throw new RequestRefusedException(NoSuchFile, $"there is no {fetch.Name} here");
    }

    FileSent sent = await context.Node.SendFileAsync(
        context.Peer, Path.Combine(folder, fetch.Name), cancellationToken: context.CancellationToken);
    return new Sent(sent.Length, sent.ResumedFrom, Convert.ToHexStringLower(sent.Hash.Span));
}

/// <summary>Prints how far files have arrived, at most twice a second.</summary>
internal sealed class Display : IProgress<FileProgress>
{
    private readonly Stopwatch _since = new();

    public void Report(FileProgress value)
    {
        if (value.Path is null && (!_since.IsRunning || _since.ElapsedMilliseconds > 500))
        {
            _since.Restart();
            Console.WriteLine($"{value.Name}: {100 * value.Received / value.Length} %");
        }
    }
}

internal sealed record GetNames;

internal sealed record Offered(string Name, long Length);

internal sealed record Fetch(string Name);

internal sealed record Sent(long Length, long ResumedFrom, string Hash);

[JsonSerializable(typeof(GetNames))]
[JsonSerializable(typeof(Offered))]
[JsonSerializable(typeof(Fetch))]
[JsonSerializable(typeof(Sent))]
internal sealed partial class Messages : JsonSerializerContext;
