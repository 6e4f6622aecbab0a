using System.Text.Json.Serialization;
using ActorP2P;

// Arguments: the port to listen on, and the addresses of other nodes.
P2PNodeOptions options = new()
{
    NetworkId = "gossip",
    Listen = PeerAddress.Parse($"127.0.0.1:{args[0]}"),
    Bootstrap = [.. args.Skip(1).Select(PeerAddress.Parse)],
};
await using P2PNode node = await P2PNode.StartAsync(options, protocol => protocol
    .UseJson(0x0101, Messages.Default.News)
    .OnBroadcast<News>((news, context) =>
    {
        Console.WriteLine($"news over {context.Hops} hops: {news.Text}");
        return news.Text.Length <= 200 ? Verdict.Accept : Verdict.Reject;
    }));
Console.WriteLine($"listening on {node.ListenAddresses[0]}");
while (Console.ReadLine() is { } line)
{
    Console.WriteLine($"sent to {await node.BroadcastAsync(new News(line))} peers");
}

internal sealed record News(string Text);

[JsonSerializable(typeof(News))]
internal sealed partial class Messages : JsonSerializerContext;
