using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Finds who handles the messages of one connection: the handles of its peer, in the order in which they were opened,
/// and then the node. It is a part of the PeerActor and used in its turns only.
/// </summary>
internal sealed class OwnHandlers(NodeContext node, PeerLink link)
{
    private IReadOnlyList<MessageCatalog> _handles = [];
    private int _version;

    /// <summary>The catalog that has the handler of a type of requests; the node's own when none has.</summary>
    public MessageCatalog OfRequest(ushort type) => Find(type, static (catalog, type) =>
        catalog.Requests.ContainsKey(type));

    /// <summary>The catalog that has the handler of a type of notifies; the node's own when none has.</summary>
    public MessageCatalog OfNotify(ushort type) => Find(type, static (catalog, type) =>
        catalog.Notifies.ContainsKey(type) || catalog.RawNotifies.ContainsKey(type));

    private MessageCatalog Find(ushort type, Func<MessageCatalog, ushort, bool> has)
    {
        int version = node.Handles.Version;
        if (version != _version)
        {
            // The version is read first, so that a change in between is found with the next message.
            _version = version;
            _handles = node.Handles.HandlersFor(link.Peer, link.Target);
        }

        foreach (MessageCatalog handle in _handles)
        {
            if (has(handle, type))
            {
                return handle;
            }
        }

        return node.Catalog;
    }
}
