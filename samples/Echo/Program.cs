using System.Text.Json.Serialization;
using ActorP2P;

await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
    .UseJson(0x0101, Messages.Default.Say)
    .OnRequest<Say, Say>((say, context) => new Say($"{context.Node.Id.ToShortString()} heard: {say.Text}")));
await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null }, protocol => protocol
    .UseJson(0x0101, Messages.Default.Say));
Console.WriteLine((await client.AskAsync<Say>(server.ListenAddresses[0], new Say("hello"))).Text);

internal sealed record Say(string Text);

[JsonSerializable(typeof(Say))]
internal sealed partial class Messages : JsonSerializerContext;
