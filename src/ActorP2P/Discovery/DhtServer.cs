using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Answers the questions of peers. It is a part of the <see cref="DhtActor"/> and used in its turns only.
/// </summary>
internal sealed class DhtServer(NodeContext node, DhtState state, DhtRecords records)
{
    // By connection, of which there are as many as the node allows.
    private readonly Dictionary<long, RequestAllowance> _allowances = [];

    /// <summary>Questions that were answered.</summary>
    public long Answered { get; private set; }

    /// <summary>Registers the messages.</summary>
    public static void Register(MessageCatalog catalog)
    {
        catalog.Serve(MessageDecoder<FindNode>.Instance, HandlerMode.Asynchronous, ServeAsync);
        catalog.Serve(MessageDecoder<GetProviders>.Instance, HandlerMode.Asynchronous, ServeAsync);
        catalog.Serve(MessageDecoder<AddProvider>.Instance, HandlerMode.Asynchronous, ServeAsync);
        catalog.KnowSystem(MessageDecoder<FoundNodes>.Instance);
        catalog.KnowSystem(MessageDecoder<FoundProviders>.Instance);
        catalog.KnowSystem(MessageDecoder<ProviderAdded>.Instance);
    }

    /// <summary>A connection is gone.</summary>
    public void Forget(Peer peer) => _allowances.Remove(peer.ConnectionId);

    /// <summary>Answers a question.</summary>
    public void Answer(DhtMessages.Serve serve)
    {
        if (!MayAsk(serve.Peer))
        {
            serve.Answer.TrySetException(
                RequestRefusedException.NoRoom("more questions than the distributed hash table answers"));
            return;
        }

        Answered++;
        serve.Answer.TrySetResult(serve.Request switch
        {
            FindNode find => Answer(serve.Peer, find),
            GetProviders get => Answer(serve.Peer, get),
            _ => Answer(serve.Peer, (AddProvider)serve.Request),
        });
    }

    private static async ValueTask<IMessage> ServeAsync(object request, RequestContext context)
    {
        DhtMessages.Serve serve = new(context.Peer, (IMessage)request);
        context.Peer.Owner.Actors!.Dht.Tell(serve, ActorRefs.NoSender);
        Task<IMessage> answer = serve.Answer.Task.ToldHere();
        return await (HandlerScope.Current is { } handler ? handler.WaitFor(answer) : answer);
    }

    private bool MayAsk(Peer peer)
    {
        if (peer.IsOver)
        {
            return false;
        }

        if (!_allowances.TryGetValue(peer.ConnectionId, out RequestAllowance? allowance))
        {
            _allowances.Add(peer.ConnectionId, allowance = new RequestAllowance(node.Now));
        }

        return allowance.TryTake(node.Now);
    }

    private FoundNodes Answer(Peer peer, FindNode find)
    {
        Hear(peer, find.Own);
        return new FoundNodes(find.WantsRecord ? records.Own : default, ClosestTo(find.Key, peer));
    }

    private FoundProviders Answer(Peer peer, GetProviders get)
    {
        Hear(peer, get.Own);
        return new FoundProviders(
            ClosestTo(get.Key, peer),
            [.. state.Providers.Of(get.Key, node.Now, ref state.Random).Select(static found => found.Record.Bytes)]);
    }

    private ProviderAdded Answer(Peer peer, AddProvider add)
    {
        if (records.OfPeer(peer, add.Own, state.Faults) is not { } contact)
        {
            return new ProviderAdded(ProviderOutcome.NotProven);
        }

        if (!records.IsProvider(contact, add.Key, out DhtFault fault))
        {
            state.Faults.Add(fault);
            return new ProviderAdded(
                fault == DhtFault.Stale ? ProviderOutcome.Stale : ProviderOutcome.NotProven);
        }

        return new ProviderAdded(state.Providers.Add(add.Key, contact, node.Now));
    }

    private void Hear(Peer peer, ReadOnlyMemory<byte> own)
    {
        if (records.OfPeer(peer, own, state.Faults) is { } contact)
        {
            state.Table.Hear(contact, node.Now);
        }
    }

    // A node needs not be told of itself.
    private IReadOnlyList<ReadOnlyMemory<byte>> ClosestTo(DhtKey key, Peer peer) =>
    [
        .. state.Table.ClosestTo(key, DhtLimits.Closest + 1, isForOthers: true)
            .Where(contact => contact.Id != peer.Id).Take(DhtLimits.Closest)
            .Select(static contact => contact.Record.Bytes),
    ];
}
