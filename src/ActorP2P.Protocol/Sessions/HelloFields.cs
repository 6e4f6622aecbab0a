using System.Diagnostics.CodeAnalysis;

namespace ActorP2P.Protocol;

/// <summary>The fields of a hello while it is read, before they become a <see cref="Hello"/>.</summary>
internal sealed class HelloFields
{
    public string? NetworkId;
    public ulong MinVersion;
    public ulong MaxVersion;
    public ulong? InstanceId;
    public ulong? Nonce;
    public string? UserAgent;
    public ulong MaxMessage;
    public ulong MaxRequests;
    public ulong StreamWindow;
    public ulong MaxStreams;
    public long UnixMilliseconds;
    public ReadOnlyMemory<byte> State;
    public BroadcastTypes WantedBroadcasts = BroadcastTypes.All;
    public ulong Features;
    public readonly ulong[] CreditWindows = new ulong[CreditBook.Classes];

    private readonly List<PeerAddress> _addresses = [];
    private readonly List<ServiceName> _services = [];
    private readonly List<byte[]> _secretProofs = [];
    private NodeId? _nodeId;
    private byte? _serviceCode;

    public bool TryNodeId(ReadOnlySpan<byte> bytes)
    {
        bool valid = bytes.Length == NodeId.Size;
        _nodeId = valid ? new NodeId(bytes) : null;
        return valid;
    }

    public bool TryAddress(string text)
    {
        if (_addresses.Count == HelloCodec.MaxAddresses || !PeerAddress.TryParse(text, out PeerAddress? address)
            || address.Port == 0 || address.Id is not null)
        {
            return false;
        }

        // A wildcard stands for every address of the peer's own machine and cannot be dialled from here.
        if (!address.IsWildcard)
        {
            _addresses.Add(address);
        }

        return true;
    }

    public bool TrySecretProof(ReadOnlySpan<byte> proof)
    {
        bool valid = proof.Length == NetworkKeys.ProofSize && _secretProofs.Count < NetworkKeys.MaxProofs;
        if (valid)
        {
            _secretProofs.Add(proof.ToArray());
        }

        return valid;
    }

    public bool TryServiceCode(byte code)
    {
        bool valid = _serviceCode is null && _services.Count < HelloCodec.MaxServices
            && !_services.Exists(s => s.Code == code);
        _serviceCode = code;
        return valid;
    }

    public bool TryServiceName(string name)
    {
        bool valid = _serviceCode is not null;
        if (valid)
        {
            _services.Add(new ServiceName(_serviceCode!.Value, PrintableText.Of(name, HelloCodec.MaxServiceName)));
            _serviceCode = null;
        }

        return valid;
    }

    public bool TryBuild([MaybeNullWhen(false)] out Hello hello)
    {
        bool complete = NetworkId is not null && _nodeId is not null && InstanceId is not null && Nonce is not null
            && _serviceCode is null && MinVersion <= MaxVersion && MaxMessage >= SessionSettings.MinMaxMessage
            && MaxRequests >= SessionSettings.MinRequests
            && (MaxStreams == 0 || StreamWindow >= SessionSettings.MinStreamWindow)
            && Array.TrueForAll(CreditWindows, window => window >= SessionSettings.MinCreditWindow);
        hello = !complete ? null : new Hello
        {
            NetworkId = NetworkId!,
            MinVersion = (int)MinVersion,
            MaxVersion = (int)MaxVersion,
            NodeId = new ClaimedNodeId(_nodeId!.Value),
            InstanceId = InstanceId!.Value,
            Nonce = Nonce!.Value,
            UserAgent = PrintableText.Of(UserAgent ?? "", HelloCodec.MaxUserAgent),
            ListenAddresses = _addresses,
            Services = _services,
            CreditWindows = Array.ConvertAll(CreditWindows, window => (int)window),
            MaxMessage = (int)MaxMessage,
            MaxRequests = (int)MaxRequests,
            StreamWindow = (int)StreamWindow,
            MaxStreams = (int)MaxStreams,
            UnixMilliseconds = UnixMilliseconds,
            State = State,
            WantedBroadcasts = WantedBroadcasts,
            Features = Features,
            SecretProofs = _secretProofs.Count == 0 ? [] : _secretProofs,
        };
        return complete;
    }
}
