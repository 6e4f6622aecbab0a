using ActorP2P;
using Echo;

await using P2PNode server = await P2PNode.StartAsync(new P2PNodeOptions(), protocol => protocol
    .OnRequest<Text, Text>((request, context) => new Text($"{context.Peer.Address} said {request.Value}"))
    .OnBroadcast<Text>((news, _) => news.Value.Length < 1000 ? Verdict.Accept : Verdict.Reject));
await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null });

Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
Text reply = await client.AskAsync<Text>(peer, new Text("hello"));
int peers = await client.BroadcastAsync(new Text("news"));

Console.WriteLine($"{reply.Value}; the news went to {peers} peer");
