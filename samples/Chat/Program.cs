using System.Collections.Concurrent;
using System.Text.Json.Serialization;
using ActorP2P;

// Arguments: a name, a room, and the address of any node that already runs this program, whatever room it is in. Those
// who are in the same room find each other by the distributed hash table.
string name = args[0];
string room = args[1];
ConcurrentDictionary<NodeId, string> members = [];
P2PNodeOptions options = new()
{
    NetworkId = "chat",
    UserAgent = name,
    Bootstrap = [.. args.Skip(2).Select(PeerAddress.Parse)],
    Dht = new DhtSettings { Enabled = true },
};
await using P2PNode node = await P2PNode.StartAsync(options, protocol => protocol
    .UseJson(0x0101, Messages.Default.Line)
    .OnNotify<Line>((line, context) => Show(line, context.Peer)));
using NodeEvents events = node.Events();
using CancellationTokenSource stop = new();
Task watching = WatchAsync();
Task finding = FindAsync();
Console.WriteLine($"listening on {node.ListenAddresses[0]}");
while (Console.ReadLine() is { } text)
{
    foreach (Peer member in node.Peers.Where(peer => members.ContainsKey(peer.Id!.Value)))
    {
        await TellAsync(member, text);
    }
}

stop.Cancel();
await finding;
await node.DisposeAsync();
await watching;

async Task FindAsync()
{
    int keepers = 0;
    while (!stop.IsCancellationRequested)
    {
        try
        {
            keepers = keepers > 0 ? keepers : await node.ProvideAsync(room, stop.Token);
            await foreach (NodeRecord record in node.FindProvidersAsync(room, stop.Token))
            {
                await MeetAsync(record);
            }

            await Task.Delay(TimeSpan.FromSeconds(1), stop.Token);
        }
        catch (DhtException)
        {
            // No other node is known yet.
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
        catch (OperationCanceledException)
        {
            // The program ends.
        }
    }
}

async Task MeetAsync(NodeRecord record)
{
    if (record.Id == node.Id || members.ContainsKey(record.Id))
    {
        return;
    }

    try
    {
        Peer member = await node.ConnectAsync(record.Addresses[0], stop.Token);
        Greet(member);
        await TellAsync(member, "");
    }
    catch (ConnectException)
    {
        // The record of a member that has left is kept for an hour.
    }
}

async Task TellAsync(Peer member, string text)
{
    try
    {
        await node.TellAsync(member, new Line(room, text));
    }
    catch (SendException refused)
    {
        Console.WriteLine($"{member.UserAgent} did not get the message: {refused.Reason}");
    }
}

void Show(Line line, Peer sender)
{
    if (line.Room == room)
    {
        Greet(sender);
        if (line.Text.Length > 0)
        {
            Console.WriteLine($"{sender.UserAgent}: {line.Text}");
        }
    }
}

void Greet(Peer member)
{
    if (members.TryAdd(member.Id!.Value, member.UserAgent))
    {
        Console.WriteLine($"{member.UserAgent} is here");
    }
}

async Task WatchAsync()
{
    await foreach (NodeEvent happened in events)
    {
        switch (happened)
        {
            case PeerDisconnected { Peer: { Id: { } id } gone } left when node.Peers.All(peer => peer.Id != id):
                if (members.TryRemove(id, out _))
                {
                    Console.WriteLine($"{gone.UserAgent} has left: {left.Reason}");
                }

                break;
            case EventsMissed missed:
                Console.WriteLine($"{missed.Count} events were lost");
                break;
        }
    }
}

// A line without text says only that its sender is in the room.
internal sealed record Line(string Room, string Text);

[JsonSerializable(typeof(Line))]
internal sealed partial class Messages : JsonSerializerContext;
