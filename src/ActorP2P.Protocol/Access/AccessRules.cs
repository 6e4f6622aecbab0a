using System.Collections.Frozen;
using System.Net;

namespace ActorP2P.Protocol;

/// <summary>Decides who may be a peer. A node or address that a rule cannot be applied to is not admitted.</summary>
internal sealed class AccessRules
{
    private readonly FrozenSet<NodeId> _allowedNodes;
    private readonly FrozenSet<NodeId> _deniedNodes;
    private readonly IPNetwork[] _allowedNetworks;
    private readonly IPNetwork[] _deniedNetworks;

    public AccessRules(AccessSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        _allowedNodes = settings.AllowNodes.ToFrozenSet();
        _deniedNodes = settings.DenyNodes.ToFrozenSet();
        _allowedNetworks = [.. settings.AllowNetworks.Select(Parse)];
        _deniedNetworks = [.. settings.DenyNetworks.Select(Parse)];
    }

    /// <summary>Rules that admit every peer.</summary>
    public static AccessRules Open { get; } = new(new AccessSettings());

    /// <summary>Whether the rules are about nodes, so that a peer is judged when it has proven its id.</summary>
    public bool NamesNodes => _allowedNodes.Count > 0 || _deniedNodes.Count > 0;

    /// <summary>Whether a peer may connect from, or be dialled at, an address.</summary>
    public bool Admits(PeerAddress address)
    {
        if (_allowedNetworks.Length == 0 && _deniedNetworks.Length == 0)
        {
            return true;
        }

        // A link-local address may end with the name of a network interface, which is not part of the address.
        return IPAddress.TryParse(address.Host.Split('%')[0], out IPAddress? ip)
            && !Array.Exists(_deniedNetworks, network => network.Contains(ip))
            && (_allowedNetworks.Length == 0 || Array.Exists(_allowedNetworks, network => network.Contains(ip)));
    }

    /// <summary>
    /// Whether it is known before an address is dialled that it is not admitted. A name may stand for addresses that
    /// are, so it is dialled.
    /// </summary>
    public bool Denies(PeerAddress address) => (address.Id is { } id && !Admits(id))
        || (IPAddress.TryParse(address.Host.Split('%')[0], out _) && !Admits(address));

    /// <summary>Whether a node may be a peer.</summary>
    /// <param name="proven">The node's proven id; null when it has proven none.</param>
    public bool Admits(NodeId? proven)
    {
        if (!NamesNodes)
        {
            return true;
        }

        return proven is { } id && !_deniedNodes.Contains(id)
            && (_allowedNodes.Count == 0 || _allowedNodes.Contains(id));
    }

    /// <summary>Whether a node is on the list of allowed nodes.</summary>
    public bool Lists(NodeId proven) => _allowedNodes.Contains(proven);

    private static IPNetwork Parse(string text) => AccessSettings.TryParse(text, out IPNetwork network)
        ? network
        : throw new ArgumentException($"'{text}' is not a network.", nameof(text));
}
