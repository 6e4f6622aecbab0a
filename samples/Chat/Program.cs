using System.Text.Json.Serialization;
using ActorP2P;

// Arguments: a name, and the address of a node that already runs this program. Without an address this node waits for
// others to dial it.
string name = args[0];
P2PNodeOptions options = new() { NetworkId = "chat", UserAgent = name };
await using P2PNode node = await P2PNode.StartAsync(options, protocol => protocol
    .UseJson(0x0101, Messages.Default.Line)
    .OnNotify<Line>((line, context) => Console.WriteLine($"{context.Peer.UserAgent}: {line.Text}")));
using NodeEvents events = node.Events();
Task watching = WatchAsync(events);
Console.WriteLine($"listening on {node.ListenAddresses[0]}");
if (args.Length > 1)
{
    await node.ConnectAsync(PeerAddress.Parse(args[1]));
}

while (Console.ReadLine() is { } text)
{
    foreach (Peer peer in node.Peers)
    {
        try
        {
            await node.TellAsync(peer, new Line(text));
        }
        catch (SendException refused)
        {
            Console.WriteLine($"{peer.UserAgent} did not get the message: {refused.Reason}");
        }
    }
}

await node.DisposeAsync();
await watching;

static async Task WatchAsync(NodeEvents events)
{
    await foreach (NodeEvent happened in events)
    {
        switch (happened)
        {
            case PeerConnected connected:
                Console.WriteLine($"{connected.Peer.UserAgent} is here");
                break;
            case PeerDisconnected gone:
                Console.WriteLine($"{gone.Peer.UserAgent} has left: {gone.Reason}");
                break;
            case EventsMissed missed:
                Console.WriteLine($"{missed.Count} events were lost");
                break;
        }
    }
}

internal sealed record Line(string Text);

[JsonSerializable(typeof(Line))]
internal sealed partial class Messages : JsonSerializerContext;
