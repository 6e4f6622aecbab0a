using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The callers who wait for connections. The ManagerActor uses it in its turns only.</summary>
/// <param name="links">The node's links.</param>
/// <param name="nodes">The links by their nodes.</param>
internal sealed class ConnectCalls(LinkTable links, NodeLinks nodes)
{
    /// <summary>Gives a caller a connection that exists, or lets it wait for one that is being made.</summary>
    /// <returns>False when there is none, so that it must be dialled.</returns>
    public bool TryGive(ConnectPromise promise)
    {
        Link? link = links.To(promise.Address)
            ?? (promise.Address.Id is { } id ? nodes.UsedFor(id) : null);
        if (link is { IsShown: true })
        {
            link.IsWanted |= promise.Succeed(link.Remote);
        }
        else if (link is not null)
        {
            (link.Promises ??= []).Add(promise);
        }

        return link is not null;
    }

    /// <summary>Callers wait for a connection that has been made and is in its handshake.</summary>
    /// <param name="link">The connection.</param>
    /// <param name="promises">The callers.</param>
    /// <param name="mayBeEarly">Whether a caller that has asked for it gets the connection at once.</param>
    public static void Join(Link link, IReadOnlyList<ConnectPromise> promises, bool mayBeEarly)
    {
        foreach (ConnectPromise promise in promises)
        {
            if (promise.Early && mayBeEarly)
            {
                link.IsWanted |= promise.Succeed(link.Remote);
            }
            else
            {
                (link.Promises ??= []).Add(promise);
            }
        }

        CloseUnwanted(link);
    }

    /// <summary>
    /// A caller no longer waits for a connection. A connection that is needed for nothing else is closed.
    /// </summary>
    /// <returns>False when no connection was being made for it yet.</returns>
    public bool TryAbandon(ConnectPromise promise)
    {
        Link? link = links.Abandon(promise);
        CloseUnwanted(link);
        return link is not null;
    }

    /// <summary>Closes a connection that nobody waits for any more.</summary>
    public static void CloseUnwanted(Link? link)
    {
        if (link is { IsWanted: false, IsEnding: false, Promises: null or { Count: 0 } })
        {
            link.Actor.Tell(
                new PeerMessages.End(
                    DisconnectReason.ApplicationClosed, "nobody waits for the connection", IsFault: false));
        }
    }

    /// <summary>
    /// Whether something but a handle that is closed needs a connection: the node's settings name it, the other side
    /// has dialled it, or handles of another address use it. One that ends already needs no close.
    /// </summary>
    public static bool IsNeeded(Link link, P2PNodeOptions settings) =>
        link.IsEnding || !link.IsOutbound || link.Remote.Holders > 0 || link.Targets.Any(settings.Bootstrap.Contains);

    /// <summary>Gives a connection that can be used to those who wait for it.</summary>
    public static void Succeed(Link link)
    {
        link.Promises?.ForEach(promise => link.IsWanted |= promise.Succeed(link.Remote));
        link.Promises = null;
        CloseUnwanted(link);
    }

    /// <summary>Those who wait for a connection wait for another one to the same node.</summary>
    public static void HandOver(Link from, Link to)
    {
        to.IsWanted |= from.IsWanted;
        if (from.Promises is { Count: > 0 } waiting)
        {
            from.Promises = null;
            (to.Promises ??= []).AddRange(waiting);
            if (to.IsShown)
            {
                Succeed(to);
            }
        }
    }
}
