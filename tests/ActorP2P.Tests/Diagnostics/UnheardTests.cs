using ActorP2P.Protocol;

namespace ActorP2P.Tests.Diagnostics;

/// <summary>What metrics and traces cost while nobody listens to them.</summary>
[Collection(SocketsCollection.Name)]
public sealed class UnheardTests
{
    [Fact]
    public void Metrics_and_traces_that_nobody_listens_to_allocate_nothing()
    {
        VirtualMesh mesh = new();
        mesh.Run(async () =>
        {
            await using P2PNode server = await mesh.StartAsync("server", EchoProtocol.Register);
            await using P2PNode client = await mesh.StartAsync("client");
            Peer peer = await client.ConnectAsync(server.ListenAddresses[0]);
            NotifyContext context = new(peer);
            Text text = new("?");
            byte[] headers = [1, 2, 3];
            Pass(peer, context, text, headers);
            long before = GC.GetAllocatedBytesForCurrentThread();

            for (int i = 0; i < 1000; i++)
            {
                Pass(peer, context, text, headers);
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        });
    }

    /// <summary>All that a message meets of them on its way.</summary>
    private static void Pass(Peer peer, NotifyContext context, Text text, byte[] headers)
    {
        Assert.True(peer.Owner.Metrics.AskStart == NodeMetrics.NotTimed, "Somebody listens.");
        context.Begin();
        context.End(failure: null);
        bool isTraced = NodeTraces.BeginTell(peer, text) is not null
            || NodeTraces.BeginAsk(peer, text) is not null
            || NodeTraces.BeginBroadcast(peer.Owner, text) is not null
            || NodeTraces.Keep(headers) is not null
            || NodeTraces.BeginHandler(FrameKind.Notify, peer, Text.TypeCode, text, headers) is not null;
        Assert.False(isTraced);
    }
}
