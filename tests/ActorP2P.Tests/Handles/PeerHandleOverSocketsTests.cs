using System.Globalization;
using System.Threading.Channels;
using ActorP2P.Protocol;
using ActorP2P.Tests.Identity;
using ActorP2P.Tests.Transports;

namespace ActorP2P.Tests.Handles;

/// <summary>Handles that outlive connections, over sockets.</summary>
[Collection(SocketsCollection.Name)]
public sealed class PeerHandleOverSocketsTests : IDisposable
{
    private const int Count = 2_000;

    // Only a hang reaches it.
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly TestFolder _folder = new();

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task An_actor_reference_logs_in_again_and_hears_its_peer(TransportKind kind)
    {
        Channel<string> heard = Channel.CreateUnbounded<string>();
        NodeIdentity identity = NodeIdentity.Create();
        P2PNode first = await StartAsync(new PeerAddress("127.0.0.1", 0));
        PeerAddress address = first.ListenAddresses[0];
        await using P2PNode client = await P2PNode.StartAsync(
            new P2PNodeOptions { Listen = null, Transport = kind },
            static protocol => protocol.Service(0x54, "text").UseMessage<Text>());
        await using PeerHandle handle = client.Peer(address, new PeerHandleOptions
        {
            CookieFile = _folder["cookie"],
            Handlers = protocol => protocol.OnNotify<Text>((text, _) => heard.Writer.TryWrite(text.Value)),
        });
        Text answer = await AskAsync("1");
        await first.DisposeAsync().AsTask().WaitAsync(Guard);
        handle.Ref.Tell(new Text("2"), ActorRefs.NoSender);
        await using P2PNode second = await StartAsync(address);

        Assert.Equal("heard 2", await heard.Reader.ReadAsync().AsTask().WaitAsync(Guard));
        Assert.Equal(("echo 1", "echo 3"), (answer.Value, (await AskAsync("3")).Value));

        Task<Text> AskAsync(string question) =>
            handle.Ref.Ask<Text>(new Question(question), Timeout.InfiniteTimeSpan).WaitAsync(Guard);

        Task<P2PNode> StartAsync(PeerAddress listen) => P2PNode.StartAsync(
            new P2PNodeOptions { Listen = listen.WithoutId, Transport = kind, CookieFile = _folder["cookie"] },
            static protocol => protocol.Service(0x54, "text", ServiceAccess.LoggedIn)
                .OnRequest<Question, Text>((question, _) => new Text($"echo {question.Value}"))
                .OnNotify<Text>(async (text, context) =>
                    await context.Node.TellAsync(context.Peer, new Text($"heard {text.Value}"))),
            new P2PNodeServices { Identity = identity });
    }

    [Theory]
    [ClassData(typeof(BothTransports))]
    public async Task A_handle_serves_a_node_that_comes_back_at_its_address(TransportKind kind)
    {
        List<int> told = [];
        TaskCompletionSource all = new(TaskCreationOptions.RunContinuationsAsynchronously);
        NodeIdentity identity = NodeIdentity.Create();
        P2PNode first = await StartAsync(kind, new PeerAddress("127.0.0.1", 0));
        PeerAddress address = first.ListenAddresses[0];
        await using P2PNode client = await P2PNode.StartAsync(new P2PNodeOptions { Listen = null, Transport = kind });
        await using PeerHandle handle = client.Peer(address);
        await handle.ConnectedAsync().WaitAsync(Guard);
        using NodeEvents events = client.Events();
        await first.DisposeAsync().AsTask().WaitAsync(Guard);
        while ((await events.ReadAsync<PeerHandleChanged>().AsTask().WaitAsync(Guard)).State
            != PeerHandleState.Waiting)
        {
        }

        Task[] sent = [.. Enumerable.Range(0, Count).Select(number => handle.TellAsync(new Text($"{number}")))];
        await using P2PNode second = await StartAsync(kind, address);
        await Task.WhenAll(sent).WaitAsync(Guard);
        await all.Task.WaitAsync(Guard);

        Assert.Equal(Enumerable.Range(0, Count), told);
        Assert.Equal(address.Id, handle.Peer?.Id);

        Task<P2PNode> StartAsync(TransportKind transport, PeerAddress listen) => P2PNode.StartAsync(
            new P2PNodeOptions { Listen = listen.WithoutId, Transport = transport },
            protocol => protocol.OnNotify<Text>((text, _) =>
            {
                told.Add(int.Parse(text.Value, CultureInfo.InvariantCulture));
                if (told.Count == Count)
                {
                    all.SetResult();
                }
            }),
            new P2PNodeServices { Identity = identity });
    }

    public void Dispose() => _folder.Dispose();
}
