using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// What the DiscoveryActor waits for: dials, answers and DNS. Each runs outside of its turns, ends in any case, and
/// comes back as a message.
/// </summary>
/// <param name="node">The node.</param>
/// <param name="self">The actor.</param>
internal sealed class DiscoveryCalls(NodeContext node, IActorRef self)
{
    // Resolvers give up after some seconds.
    private static readonly TimeSpan s_dnsTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Dials.</summary>
    public void Dial(DialOrder order) => Start(() => DialAsync(order));

    /// <summary>Asks a peer for addresses.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="record">The node's own record; empty: it has none.</param>
    public void Ask(Peer peer, byte[] record) => Start(() => AskAsync(peer, record));

    /// <summary>Looks up a DNS name.</summary>
    public void LookUp(PeerAddress name) => Start(() => LookUpAsync(name));

    private static void Start(Func<Task> call) => _ = Task.Factory.StartNew(
        call, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);

    private async Task DialAsync(DialOrder order)
    {
        // Without encryption no id is proven, so none is asked for.
        PeerAddress address = node.Settings.Encryption == Encryption.Off ? order.Address.WithoutId : order.Address;
        DiscoveryMessages.DialEnded ended;
        try
        {
            ended = new DiscoveryMessages.DialEnded(order, await ConnectAsync(address, order.Purpose), null);
        }
        catch (ConnectException failure)
        {
            ended = new DiscoveryMessages.DialEnded(order, null, failure);
        }

        self.Tell(ended, ActorRefs.NoSender);
    }

    private Task<Peer> ConnectAsync(PeerAddress address, DialPurpose purpose) => node.Node.ConnectAsync(
        address,
        purpose switch
        {
            DialPurpose.Feeler => PeerKind.Feeler,
            DialPurpose.Bootstrap or DialPurpose.Swap => PeerKind.Extra,
            _ => PeerKind.Regular,
        },
        CancellationToken.None);

    private async Task AskAsync(Peer peer, byte[] record)
    {
        PeersReply? reply = null;
        PendingAsk<PeersReply> pending = new(peer, PeersReply.TypeCode);
        node.Asks.Post(new PostedAsk(
            pending, PayloadWriter.Encode(new PeersAsk(record)), Lane.Normal, node.Settings.RequestTimeout, null));
        try
        {
            reply = await pending.Task;
        }
        catch (AskException failure)
        {
            Log.AddressesNotTold(node.Logger, peer, failure.Reason);
        }

        self.Tell(new DiscoveryMessages.Answered(peer, reply), ActorRefs.NoSender);
    }

    [SuppressMessage("Design", "CA1031", Justification = "The host's source of DNS may fail in any way.")]
    private async Task LookUpAsync(PeerAddress name)
    {
        DnsFindings? found = null;
        using CancellationTokenSource limit = new(s_dnsTimeout, node.TimeProvider);
        try
        {
            found = await node.DnsSource.FindAsync(name, limit.Token).OrCancelled(limit.Token);
        }
        catch (Exception failure)
        {
            Log.NameNotLookedUp(node.Logger, name, failure.Message);
        }

        self.Tell(new DiscoveryMessages.LookedUp(name, found), ActorRefs.NoSender);
    }
}
