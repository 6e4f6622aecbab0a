using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The messages of the library's own service by which nodes exchange addresses.</summary>
internal static class ExchangeService
{
    /// <summary>The most bytes of records in an answer, so that it is no burden in any lane.</summary>
    private const int MostBytes = 512 * 1024;

    /// <summary>Registers the messages.</summary>
    public static void Register(MessageCatalog catalog)
    {
        catalog.Serve(MessageDecoder<PeersAsk>.Instance, HandlerMode.Queued, static (message, context) =>
            ValueTask.FromResult<IMessage>(Answer((PeersAsk)message, context.Peer)));
        catalog.KnowSystem(MessageDecoder<PeersReply>.Instance);
        catalog.KnowSystem(MessageDecoder<PeersTold>.Instance);
        catalog.Notifies[PeersTold.TypeCode] = new MessageHandler<NotifyContext, bool>(
            MessageDecoder<PeersTold>.Instance,
            static (message, context) =>
            {
                Tell(context.Peer, new DiscoveryMessages.Told(context.Peer, ((PeersTold)message).Records));
                return ValueTask.FromResult(true);
            },
            HandlerMode.Queued);
    }

    private static PeersReply Answer(PeersAsk ask, Peer peer)
    {
        NodeContext node = peer.Owner;
        if (ask.Record.Length > 0)
        {
            Tell(peer, new DiscoveryMessages.Told(peer, [ask.Record]));
        }

        IReadOnlyList<byte[]> records =
            peer.Exchange.TryTakeAnswer(node.Now) ? node.Discovery?.Answer ?? [] : [];
        return new PeersReply(node.Settings.Discovery.Role, Fitted(records, Math.Min(peer.MaxMessage - 1, MostBytes)));
    }

    private static IReadOnlyList<byte[]> Fitted(IReadOnlyList<byte[]> records, int room)
    {
        int count = 0;
        while (count < records.Count && RecordList.SizeOf(records[count]) <= room)
        {
            room -= RecordList.SizeOf(records[count]);
            count++;
        }

        return count == records.Count ? records : [.. records.Take(count)];
    }

    private static void Tell(Peer peer, object message) =>
        peer.Owner.Discovery?.Actor.Tell(message, ActorRefs.NoSender);
}
