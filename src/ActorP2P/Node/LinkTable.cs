using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The node's links, with counts and indexes that are updated at each change. Admitting a
/// connection thus costs the same however many links there are. Only the ManagerActor uses it.
/// </summary>
internal sealed class LinkTable
{
    private const string ActorPrefix = "peer-";

    // Sorted by arrival, because code that enumerates links must not depend on any other order.
    private readonly SortedDictionary<long, Link> _links = [];
    private readonly SortedDictionary<long, Link> _halfOpen = [];
    // By the address without the id.
    private readonly Dictionary<PeerAddress, List<Link>> _byTarget = [];
    private ImmutableSortedDictionary<long, Peer> _open = ImmutableSortedDictionary<long, Peer>.Empty;

    /// <summary>All links.</summary>
    public SortedDictionary<long, Link>.ValueCollection All => _links.Values;

    /// <summary>How many there are.</summary>
    public int Count => _links.Count;

    /// <summary>Links whose peers are refused and only told why.</summary>
    public int Refused { get; private set; }

    /// <summary>Links that count as connections.</summary>
    public int Taken => Count - Refused;

    /// <summary>Inbound links in their handshake, the oldest first.</summary>
    public SortedDictionary<long, Link>.ValueCollection HalfOpen => _halfOpen.Values;

    /// <summary>The peers that can be sent to.</summary>
    public IReadOnlyList<Peer> Peers => new PeerList(_open);

    /// <summary>The name of a link's actor.</summary>
    public static string ActorName(long number) => $"{ActorPrefix}{number}";

    /// <summary>Whether an actor belongs to a link, even if the link is gone.</summary>
    public static bool IsActorOfLink(IActorRef actor) =>
        actor.Path.Name.StartsWith(ActorPrefix, StringComparison.Ordinal);

    /// <summary>Finds a link by its number.</summary>
    public bool TryGet(long number, [MaybeNullWhen(false)] out Link link) => _links.TryGetValue(number, out link);

    /// <summary>The link of an actor; null when the link is gone or the actor is not a link's.</summary>
    public Link? Of(IActorRef actor) => IsActorOfLink(actor)
        && long.TryParse(actor.Path.Name.AsSpan(ActorPrefix.Length), out long number)
        && _links.TryGetValue(number, out Link? link) && link.Actor.Equals(actor) ? link : null;

    /// <summary>
    /// The oldest link that was made by dialling an address and is not ending. If the address names a node, the link
    /// leads to that node.
    /// </summary>
    public Link? To(PeerAddress target) => _byTarget.GetValueOrDefault(target.WithoutId)?.Find(
        link => !link.IsEnding && (target.Id is null || target.Id == link.Target?.Id || target.Id == link.Peer?.Id));

    /// <summary>Removes a promise from the link that would have settled it.</summary>
    /// <returns>The link; null when there is none.</returns>
    public Link? Abandon(ConnectPromise promise) =>
        _byTarget.GetValueOrDefault(promise.Address.WithoutId)?.Find(link => link.Promises?.Remove(promise) == true);

    /// <summary>Adds a link, which is newer than all others.</summary>
    public void Add(Link link)
    {
        _links.Add(link.Number, link);
        Refused += link.IsRefused ? 1 : 0;
        NoteHalfOpen(link);
        if (link.Target is not null)
        {
            PeerAddress address = link.Target.WithoutId;
            if (!_byTarget.TryGetValue(address, out List<Link>? dialled))
            {
                _byTarget.Add(address, dialled = []);
            }

            dialled.Add(link);
        }
    }

    /// <summary>A link's peer is refused after all.</summary>
    public void Refuse(Link link)
    {
        Refused += link.IsRefused ? 0 : 1;
        link.IsRefused = true;
        NoteHalfOpen(link);
    }

    /// <summary>A link has become ready. If it was refused meanwhile, it stays.</summary>
    public void MakeReady(Link link, Peer peer)
    {
        Refused -= link.IsRefused ? 1 : 0;
        link.IsRefused = false;
        link.Peer = peer;
        NoteHalfOpen(link);
        _open = _open.SetItem(link.Number, peer);
    }

    /// <summary>A link drains: nothing new begins on it.</summary>
    public void NoteEnding(Link link)
    {
        link.IsEnding = true;
        _open = _open.Remove(link.Number);
    }

    /// <summary>A link is gone.</summary>
    public bool Remove(long number, [MaybeNullWhen(false)] out Link link)
    {
        if (!_links.Remove(number, out link))
        {
            return false;
        }

        Refused -= link.IsRefused ? 1 : 0;
        _halfOpen.Remove(number);
        _open = _open.Remove(number);
        if (link.Target is not null && _byTarget.TryGetValue(link.Target.WithoutId, out List<Link>? dialled))
        {
            dialled.Remove(link);
            if (dialled.Count == 0)
            {
                _byTarget.Remove(link.Target.WithoutId);
            }
        }

        return true;
    }

    private void NoteHalfOpen(Link link)
    {
        if (link is { IsHalfOpen: true, IsOutbound: false })
        {
            _halfOpen[link.Number] = link;
        }
        else
        {
            _halfOpen.Remove(link.Number);
        }
    }
}
