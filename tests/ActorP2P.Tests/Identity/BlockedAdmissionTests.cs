using ActorP2P.Protocol;
using ActorP2P.Tests.Transports;
using ActorP2P.Transport.Tests;

namespace ActorP2P.Tests.Identity;

/// <summary>A program that blocks the thread on which it is asked, over both transports.</summary>
[Collection(SocketsCollection.Name)]
public sealed class BlockedAdmissionTests
{
    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_callback_that_blocks_delays_nobody_else(TransportKind kind)
    {
        using ManualResetEventSlim blocked = new();
        int asked = 0;
        await using P2PNode server = await P2PNode.StartAsync(
            new P2PNodeOptions
            {
                Transport = kind,
                Access = new AccessSettings { AdmissionTimeout = TimeSpan.FromMilliseconds(300) },
            },
            protocol => protocol
                .OnRequest<Text, Text>((request, _) => request)
                .AdmitConnections((_, _) =>
                {
                    if (Interlocked.Increment(ref asked) == 1)
                    {
                        blocked.Wait(CancellationToken.None);
                    }

                    return ValueTask.FromResult(Admission.Admit);
                }));
        P2PNodeOptions options = new() { Transport = kind, Listen = null };
        await using P2PNode first = await P2PNode.StartAsync(options);
        await using P2PNode second = await P2PNode.StartAsync(options);

        Task<Peer> waiting = first.ConnectAsync(server.ListenAddresses[0]);
        ConnectException refusal = await Assert.ThrowsAsync<ConnectException>(() => waiting.WaitAsync(Waits.Guard));
        Text answer = await second.AskAsync<Text>(server.ListenAddresses[0], new Text("hi")).WaitAsync(Waits.Guard);

        Assert.Equal(DisconnectReason.NotAdmitted, refusal.End?.Reason);
        Assert.Equal("hi", answer.Value);
        blocked.Set();
    }
}
