using ActorP2P.Protocol;
using ActorP2P.Tests.Identity;

namespace ActorP2P.Tests.Handles;

/// <summary>What a handle does on a new connection before it sends messages, and faults of its messages.</summary>
public sealed class HandlePreparationTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<string> _told = [];
    private bool _isLoggedInFirst = true;

    [Fact]
    public void A_login_is_done_again_before_messages_after_a_crash() => Run(async cluster =>
    {
        await using PeerHandle handle = Open(cluster, new PeerHandleOptions { CookieFile = _folder["cookie"] });
        await handle.TellAsync(new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(1));
        cluster.Faults.Kill("server");
        await cluster.Delay(TimeSpan.FromSeconds(1));
        Task[] later = [handle.TellAsync(new Text("2")), handle.TellAsync(new Text("3"))];
        cluster.Faults.Restart("server");
        await Task.WhenAll(later);
        Text answer = await handle.AskAsync<Text>(new Text("4"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(["1", "2", "3"], _told);
        Assert.Equal("4", answer.Value);
        Assert.True(_isLoggedInFirst);
    });

    [Fact]
    public void A_handle_whose_login_fails_waits_and_says_why() => Run(async cluster =>
    {
        using NodeEvents events = cluster["client"].Node.Events();
        await using PeerHandle handle = Open(
            cluster, new PeerHandleOptions { CookieFile = _folder["later"] });
        Task told = handle.TellAsync(new Text("1"));

        PeerHandleChanged changed = await events.ReadAsync<PeerHandleChanged>();
        File.Copy(_folder["cookie"], _folder["later"]);
        await told;
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(PeerHandleState.Waiting, changed.State);
        Assert.IsType<IdentityException>(changed.Fault);
        Assert.Equal(["1"], _told);
    });

    [Fact]
    public void A_second_handle_of_a_connection_is_prepared_first() => Run(async cluster =>
    {
        P2PNode client = cluster["client"].Node;
        List<Peer> prepared = [];
        await using PeerHandle first = Open(cluster, new PeerHandleOptions { CookieFile = _folder["cookie"] });
        Peer peer = await first.ConnectedAsync();
        await using PeerHandle second = Open(cluster, new PeerHandleOptions
        {
            Prepare = async (connection, token) =>
            {
                prepared.Add(connection);
                await client.TellAsync(connection, new Text("prepared"), cancellationToken: token);
            },
        });
        await second.TellAsync(new Text("1"));
        await first.TellAsync(new Text("2"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal([peer], prepared);
        Assert.Equal(["prepared", "1", "2"], _told);
    });

    [Fact]
    public void A_second_handle_that_is_not_prepared_is_tried_again() => Run(async cluster =>
    {
        int attempts = 0;
        await using PeerHandle first = Open(cluster, new PeerHandleOptions { CookieFile = _folder["cookie"] });
        Peer peer = await first.ConnectedAsync();
        await using PeerHandle second = Open(cluster, new PeerHandleOptions
        {
            Prepare = (_, _) => ++attempts == 1
                ? throw new InvalidOperationException("not yet")
                : ValueTask.CompletedTask,
        });
        await second.TellAsync(new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.NotSame(peer, second.Peer);
        Assert.Equal(2, attempts);
        Assert.Equal(["1"], _told);
    });

    [Fact]
    public void A_message_that_cannot_be_written_ends_alone() => Run(async cluster =>
    {
        await using PeerHandle handle = Open(cluster, new PeerHandleOptions { CookieFile = _folder["cookie"] });

        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => handle.TellAsync(new Unwritable()));
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => handle.AskAsync<Text>(new Unwritable()));
        await handle.TellAsync(new Text("1"));
        await cluster.Delay(TimeSpan.FromSeconds(1));

        Assert.Equal(["1"], _told);
    });

    public void Dispose() => _folder.Dispose();

    private static PeerHandle Open(Cluster cluster, PeerHandleOptions options) =>
        cluster["client"].Node.Peer(cluster["server"].Address, options);

    private void Run(Func<Cluster, Task> program) => Cluster.Of(["server", "client"])
        .Unlinked()
        .Where("server", protocol => protocol.Service(0x54, "text", ServiceAccess.LoggedIn)
            .OnNotify<Text>((text, context) =>
            {
                _isLoggedInFirst &= context.Peer.IsLoggedIn;
                _told.Add(text.Value);
            })
            .OnRequest<Text, Text>(static (text, _) => text))
        .Where("client", static protocol => protocol.Service(0x54, "text"))
        .WithSettings("server", options => options with { CookieFile = _folder["cookie"] })
        .WithSettings("client", static options => options with { Listen = null })
        .Run(program);
}
