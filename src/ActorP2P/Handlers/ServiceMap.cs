using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The services of this node and of one peer, by name. Each side numbers its services as it likes; the hello says which name stands
/// behind which number in the frames of its sender.
/// </summary>
internal sealed class ServiceMap
{
    /// <summary>For a peer that has not introduced itself: nothing is known to be lacking.</summary>
    public static readonly ServiceMap Unknown = new([], null);

    private readonly string?[] _own = new string?[256];
    private readonly short[] _localOf = new short[256];
    private readonly bool[] _lacking = new bool[256];

    public ServiceMap(IEnumerable<ServiceName> own, IReadOnlyList<ServiceName>? theirs)
    {
        Dictionary<string, byte> codes = [];
        foreach (ServiceName service in own)
        {
            _own[service.Code] = service.Name;
            _lacking[service.Code] = theirs is not null;
            codes[service.Name] = service.Code;
        }

        for (int code = 0; code < _localOf.Length; code++)
        {
            _localOf[code] = (short)code;
        }

        foreach (ServiceName service in theirs ?? [])
        {
            bool shared = codes.TryGetValue(service.Name, out byte code);
            _localOf[service.Code] = shared ? code : (short)-1;
            if (shared)
            {
                _lacking[code] = false;
            }
        }
    }

    /// <summary>The name that this node gives the service of a type; null when it has none.</summary>
    public string? NameOf(ushort type) => _own[type >> 8];

    /// <summary>Whether the peer is known not to take part in the service that this node names for a type.</summary>
    public bool PeerLacks(ushort type) => _lacking[type >> 8];

    /// <summary>
    /// What a type of the peer's frames is here. A number that the peer does not name keeps its meaning.
    /// </summary>
    /// <returns>False when the peer names a service that this node does not.</returns>
    public bool TryMap(ushort type, out ushort local)
    {
        short code = _localOf[type >> 8];
        local = code < 0 ? type : (ushort)((code << 8) | (type & 0xff));
        return code >= 0;
    }
}
