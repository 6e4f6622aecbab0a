using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The services of this node and of one peer, by name. Each side numbers its services as it likes; the hello says which name stands
/// behind which number in the frames of its sender.
/// </summary>
internal sealed class ServiceMap
{
    /// <summary>For a peer that has not introduced itself: nothing is known to be lacking.</summary>
    public static readonly ServiceMap Unknown = new([], []);

    // Peers mostly have the same services under the same numbers, and there are thousands of peers: what does not differ is not kept.
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
        _lacking = [.. own.ExceptBy(theirs.Select(service => service.Name), service => service.Name).Select(service => service.Code)];
    }

    /// <summary>The name that this node gives the service of a type; null when it has none.</summary>
    public string? NameOf(ushort type) => _own.FirstOrDefault(service => service.Code == type >> 8).Name;

    /// <summary>Whether the peer is known not to take part in the service that this node names for a type.</summary>
    public bool PeerLacks(ushort type) => _lacking is not null && _lacking.Contains((byte)(type >> 8));

    /// <summary>
    /// What a type of the peer's frames is here. A number that the peer does not name keeps its meaning.
    /// </summary>
    /// <returns>False when the peer names a service that this node does not.</returns>
    public bool TryMap(ushort type, out ushort local)
    {
        local = type;
        if (_localOf is null)
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
}
