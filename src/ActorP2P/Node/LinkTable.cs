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

    // Inbound links that are open, by their address groups.
    private readonly Dictionary<string, int> _groups = new(StringComparer.Ordinal);
    private ImmutableSortedDictionary<long, Peer> _open = ImmutableSortedDictionary<long, Peer>.Empty;

    /// <summary>All links.</summary>
    public SortedDictionary<long, Link>.ValueCollection All => _links.Values;

    /// <summary>How many there are.</summary>
    public int Count => _links.Count;

    /// <summary>Links whose peers are refused and only told why.</summary>
    public int Refused { get; private set; }

    /// <summary>Links that end to make room for others.</summary>
    public int MakingRoom { get; private set; }

    /// <summary>Links that count as connections.</summary>
    public int Taken => Count - Refused - MakingRoom;

    /// <summary>Those of them that the other side has dialled.</summary>
    public int Inbound { get; private set; }

    /// <summary>Inbound links in their handshake, the oldest first.</summary>
    public SortedDictionary<long, Link>.ValueCollection HalfOpen => _halfOpen.Values;

    /// <summary>The peers that can be sent to.</summary>
    public IReadOnlyList<Peer> Peers => new PeerList(_open);

    /// <summary>The name of a link's actor.</summary>
    public static string ActorName(long number) => $"{ActorPrefix}{number}";

    /// <summary>Whether an actor belongs to a link, even if the link is gone.</summary>
    public static bool IsActorOfLink(IActorRef actor) =>
        actor.Path.Name.StartsWith(ActorPrefix, StringComparison.Ordinal);

    /// <summary>How many inbound links of an address group are open.</summary>
    public int InboundOf(string group) => _groups.GetValueOrDefault(group);

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
        link => !link.IsEnding && (target.Id is null || target.Id == (link.Peer?.Id ?? link.Target?.Id)));

    /// <summary>Removes a promise from the link that would have settled it.</summary>
    /// <returns>The link; null when there is none.</returns>
    public Link? Abandon(ConnectPromise promise) =>
        _byTarget.GetValueOrDefault(promise.Address.WithoutId)?.Find(link => link.Promises?.Remove(promise) == true);

    /// <summary>Adds a link, which is newer than all others.</summary>
    public void Add(Link link)
    {
        _links.Add(link.Number, link);
        Tally(link, 1);
        NoteHalfOpen(link);
        if (link.Target is not null)
        {
            AddTargets(link, [link.Target]);
        }
    }

    /// <summary>Another link to the same node stands for the addresses of a link from now on.</summary>
    public void MoveTargets(Link from, Link to)
    {
        IReadOnlyList<PeerAddress> moved = from.Targets;
        RemoveTargets(from);
        from.Targets = [];
        AddTargets(to, moved);
    }

    /// <summary>A link's peer is refused after all.</summary>
    public void Refuse(Link link)
    {
        Tally(link, -1);
        link.IsRefused = true;
        Tally(link, 1);
        NoteHalfOpen(link);
    }

    /// <summary>A link ends to make room for another. It no longer counts as a connection.</summary>
    public void MakeRoom(Link link)
    {
        Tally(link, -1);
        link.IsMakingRoom = true;
        Tally(link, 1);
    }

    /// <summary>A link's handshake is complete. If it was refused meanwhile, it stays.</summary>
    public void MakeReady(Link link, Peer peer)
    {
        Tally(link, -1);
        link.IsRefused = false;
        Tally(link, 1);
        link.Peer = peer;
        NoteHalfOpen(link);
    }

    /// <summary>A ready link can be used by the application.</summary>
    public void Show(Link link)
    {
        link.IsShown = true;
        _open = _open.SetItem(link.Number, link.Peer!);
        if (!link.IsOutbound)
        {
            link.Group = AddressGroup.Of(link.Address.Host);
            _groups[link.Group] = InboundOf(link.Group) + 1;
        }
    }

    /// <summary>A link drains: nothing new begins on it.</summary>
    public void NoteEnding(Link link)
    {
        link.IsEnding = true;
        Hide(link);
    }

    /// <summary>A link is gone.</summary>
    public bool Remove(long number, [MaybeNullWhen(false)] out Link link)
    {
        if (!_links.Remove(number, out link))
        {
            return false;
        }

        Tally(link, -1);
        _halfOpen.Remove(number);
        Hide(link);
        RemoveTargets(link);
        return true;
    }

    private void Tally(Link link, int change)
    {
        Refused += link.IsRefused ? change : 0;
        MakingRoom += link.IsMakingRoom && !link.IsRefused ? change : 0;
        Inbound += link.IsCounted && !link.IsOutbound ? change : 0;
    }

    private void Hide(Link link)
    {
        _open = _open.Remove(link.Number);
        if (link.Group is { } group)
        {
            link.Group = null;
            int left = InboundOf(group) - 1;
            if (left == 0)
            {
                _groups.Remove(group);
            }
            else
            {
                _groups[group] = left;
            }
        }
    }

    private void AddTargets(Link link, IReadOnlyList<PeerAddress> targets)
    {
        foreach (PeerAddress target in targets.Except(link.Targets))
        {
            if (!_byTarget.TryGetValue(target.WithoutId, out List<Link>? links))
            {
                _byTarget.Add(target.WithoutId, links = []);
            }

            links.Add(link);
        }

        link.Targets = [.. link.Targets.Union(targets)];
    }

    private void RemoveTargets(Link link)
    {
        foreach (PeerAddress target in link.Targets)
        {
            if (_byTarget.TryGetValue(target.WithoutId, out List<Link>? links))
            {
                links.Remove(link);
                if (links.Count == 0)
                {
                    _byTarget.Remove(target.WithoutId);
                }
            }
        }
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
