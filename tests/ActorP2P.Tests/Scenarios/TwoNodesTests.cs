using ActorP2P.Protocol;

namespace ActorP2P.Tests;

public sealed class TwoNodesTests
{
    private static void Echo(ProtocolBuilder protocol) => protocol
        .OnRequest<Text, Text>((request, _) => new Text($"echo {request.Value}"));

    [Fact]
    public void An_ask_is_answered()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            P2PNode server = await mesh.StartAsync("server", Echo);
            P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);

            Text reply = await client.AskAsync<Text>(peer, new Text("hello"));

            Assert.Equal("echo hello", reply.Value);
            await client.DisposeAsync();
            await server.DisposeAsync();
        });
    }
}
