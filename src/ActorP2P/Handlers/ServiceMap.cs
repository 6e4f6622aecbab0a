using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Maps the services of this node to those of one peer, by name. Each side numbers its services as it likes; its hello
/// says which name each number in its frames stands for.
/// </summary>
internal sealed class ServiceMap
{
    /// <summary>The map for a peer whose hello has not arrived: no service is known to be missing.</summary>
    public static readonly ServiceMap Unknown = new([], []);

    // Most of thousands of peers have the same services under the same numbers, so only differences are stored.
    private readonly IReadOnlyList<ServiceName> _own;
    private readonly short[]? _localOf;
    private readonly List<byte>? _lacking;

    public ServiceMap(IReadOnlyList<ServiceName> own, IReadOnlyList<ServiceName> theirs)
    {
        _own = own;
        if (own.SequenceEqual(theirs))
        {
            return;
        }

        Dictionary<string, byte> codes = own.ToDictionary(service => service.Name, service => service.Code);
        short[] localOf = [.. Enumerable.Range(0, 256).Select(code => (short)code)];
        foreach (ServiceName service in theirs)
        {
            localOf[service.Code] = codes.TryGetValue(service.Name, out byte code) ? code : (short)-1;
        }

        _localOf = localOf;
        _lacking =
            [.. own.ExceptBy(theirs.Select(service => service.Name), service => service.Name)
                .Select(service => service.Code)];
    }

    /// <summary>The name that this node gives the service of a type; null when it has none.</summary>
    public string? NameOf(ushort type) => _own.FirstOrDefault(service => service.Code == type >> 8).Name;

    /// <summary>Whether the peer is known to lack the service of a type. The type is in this node's numbers.</summary>
    public bool PeerLacks(ushort type) => _lacking is not null && _lacking.Contains((byte)(type >> 8));

    /// <summary>
    /// Translates a type in the peer's numbers to this node's numbers. A number that the peer does not name stays the
    /// same, and so do the types of the library's own service, whatever the peer names so.
    /// </summary>
    /// <returns>False when the peer names a service that this node does not have.</returns>
    public bool TryMap(ushort type, out ushort local)
    {
        local = type;
        if (_localOf is null || type < MessageCatalog.FirstApplicationType)
        {
            return true;
        }

        short code = _localOf[type >> 8];
        if (code < 0)
        {
            return false;
        }

        local = (ushort)((code << 8) | (type & 0xff));
        return true;
    }

    /// <summary>
    /// Translates the type of an answer. A number of a service that this node does not have stays the same: the request
    /// had this node's number, which the peer took as its own, because this node does not name it.
    /// </summary>
    public ushort MapAnswer(ushort type) => TryMap(type, out ushort local) ? local : type;
}
