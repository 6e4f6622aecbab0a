using System.Text;
using ActorP2P.Hocon;
using ActorP2P.Protocol;
using AkkaConfig = Akka.Configuration.Config;

namespace ActorP2P;

/// <summary>
/// Reads settings from configuration, key by key and without reflection. A missing key keeps its default.
/// </summary>
internal static class SettingsReader
{
    private const string SessionKey = "session";
    private const string DialKey = "dial";
    private const string AkkaIoKey = "akka-io";
    private const string SlotsKey = "slots";
    private const string RatesKey = "rates";
    private const string AccessKey = "access";
    private const string DiscoveryKey = "discovery";
    private const string DhtSectionKey = "dht";

    private static readonly Dictionary<string, TransportKind> s_transports =
        new() { ["akka-io"] = TransportKind.AkkaIo, ["sockets"] = TransportKind.Sockets };

    private static readonly Dictionary<string, Encryption> s_encryptions =
        new() { ["off"] = Encryption.Off, ["required"] = Encryption.Required };

    private static readonly Dictionary<string, DiscoveryMode> s_modes = new()
    {
        ["auto"] = DiscoveryMode.Auto, ["on"] = DiscoveryMode.On, ["off"] = DiscoveryMode.Off,
    };

    private static readonly Dictionary<string, NodeRole> s_roles =
        new() { ["normal"] = NodeRole.Normal, ["discovery"] = NodeRole.Discovery };

    private static readonly Dictionary<string, BroadcastChoice> s_broadcasts = new()
    {
        ["handled"] = BroadcastChoice.Handled, ["none"] = BroadcastChoice.None, ["all"] = BroadcastChoice.All,
    };

    public static P2PNodeOptions Read(string hocon, out IReadOnlyList<UnknownSetting> unknown)
    {
        HoconConfig read;
        try
        {
            read = HoconConfig.Parse(hocon);
        }
        catch (HoconException unreadable)
        {
            throw new ArgumentException(unreadable.Message, nameof(hocon), unreadable);
        }
        return Read(read, out unknown);
    }

    public static P2PNodeOptions Read(AkkaConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        HoconConfig read;
        try
        {
            read = AkkaConfigReader.Read(config);
        }
        catch (HoconException unreadable)
        {
            throw new ArgumentException(unreadable.Message, unreadable);
        }
        return Read(read, out unknown);
    }

    public static P2PNodeOptions Read(HoconConfig config, out IReadOnlyList<UnknownSetting> unknown)
    {
        var source = new SettingsSource(config);
        try
        {
            P2PNodeOptions settings = Node(source, new P2PNodeOptions()).Validated();
            unknown = source.Unknown();
            return settings;
        }
        catch (HoconException malformed)
        {
            throw new ArgumentException(malformed.Message, malformed);
        }
        catch (ArgumentException refused) when (KeyOf(refused.ParamName, source.Known) is { } key)
        {
            throw new ArgumentException(MessageFor(key, refused), key, refused);
        }
    }

    private static P2PNodeOptions Node(SettingsSource source, P2PNodeOptions defaults) => new()
    {
        NetworkId = source.Text("network-id", defaults.NetworkId),
        Listen = source.AddressOrOff("listen", defaults.Listen),
        Announce = source.Addresses("announce"),
        Bootstrap = source.Addresses("bootstrap"),
        UserAgent = source.Text("user-agent", defaults.UserAgent),
        Broadcasts = source.OneOf("broadcasts", defaults.Broadcasts, s_broadcasts),
        RequestTimeout = source.Time("request-timeout", defaults.RequestTimeout),
        MaxPendingRequests = source.Whole("max-pending-requests", defaults.MaxPendingRequests),
        MaxConnections = source.Whole("max-connections", defaults.MaxConnections),
        MaxHalfOpen = source.Whole("max-half-open", defaults.MaxHalfOpen),
        MaxConcurrentHandlers = source.Whole("max-concurrent-handlers", defaults.MaxConcurrentHandlers),
        MaxNodeHandlers = source.Whole("max-node-handlers", defaults.MaxNodeHandlers),
        ReassemblyBudget = source.Size("reassembly-budget", defaults.ReassemblyBudget),
        MemoryBudget = source.SizeOrAuto("memory-budget", defaults.MemoryBudget),
        DroppedBudget = source.SizeOrAuto("dropped-budget", defaults.DroppedBudget),
        SeenCapacity = source.Whole("seen-capacity", defaults.SeenCapacity),
        SeenLifetime = source.Time("seen-lifetime", defaults.SeenLifetime),
        Transport = source.OneOf("transport", defaults.Transport, s_transports),
        Encryption = source.OneOf("encryption", defaults.Encryption, s_encryptions),
        IdentityFile = source.Text("identity-file", "") is { Length: > 0 } file ? file : null,
        NetworkSecretFile = source.Text("network-secret-file", "") is { Length: > 0 } secret ? secret : null,
        CookieFile = source.Text("cookie-file", "") is { Length: > 0 } cookie ? cookie : null,
        DataDirectory = source.Text("data-directory", "") is { Length: > 0 } directory ? directory : null,
        Access = Access(source, defaults.Access),
        AkkaIo = AkkaIo(source, defaults.AkkaIo),
        Slots = Slots(source, defaults.Slots),
        Rates = Rates(source, defaults.Rates),
        Session = Session(source, defaults.Session),
        Dial = Dial(source, defaults.Dial),
        Discovery = Discovery(source, defaults.Discovery),
        Dht = Dht(source, defaults.Dht),
    };

    private static SessionSettings Session(SettingsSource source, SessionSettings defaults)
    {
        source.Section(SessionKey);
        return new SessionSettings
        {
            HandshakeTimeout = source.Time($"{SessionKey}.handshake-timeout", defaults.HandshakeTimeout),
            PingAfter = source.Time($"{SessionKey}.ping-after", defaults.PingAfter),
            PongTimeout = source.Time($"{SessionKey}.pong-timeout", defaults.PongTimeout),
            LeastPongTimeout = source.Time($"{SessionKey}.least-pong-timeout", defaults.LeastPongTimeout),
            DrainTimeout = source.Time($"{SessionKey}.drain-timeout", defaults.DrainTimeout),
            NoProgressTimeout = source.Time($"{SessionKey}.no-progress-timeout", defaults.NoProgressTimeout),
            FragmentTimeout = source.Time($"{SessionKey}.fragment-timeout", defaults.FragmentTimeout),
            CreditTimeout = source.Time($"{SessionKey}.credit-timeout", defaults.CreditTimeout),
            MaxMessage = source.SmallSize($"{SessionKey}.max-message", defaults.MaxMessage),
            CreditWindow = source.SmallSize($"{SessionKey}.credit-window", defaults.CreditWindow),
            MaxCreditWindow = source.SmallSize($"{SessionKey}.max-credit-window", defaults.MaxCreditWindow),
            MaxRequests = source.Whole($"{SessionKey}.max-requests", defaults.MaxRequests),
            MaxStreams = source.Whole($"{SessionKey}.max-streams", defaults.MaxStreams),
            StreamWindow = source.SmallSize($"{SessionKey}.stream-window", defaults.StreamWindow),
            MaxQueued = source.SmallSize($"{SessionKey}.max-queued", defaults.MaxQueued),
        };
    }

    private static AccessSettings Access(SettingsSource source, AccessSettings defaults)
    {
        source.Section(AccessKey);
        AccessSettings read = new()
        {
            AllowNodes = source.NodeIds($"{AccessKey}.allow-nodes"),
            DenyNodes = source.NodeIds($"{AccessKey}.deny-nodes"),
            AllowNetworks = source.Texts($"{AccessKey}.allow-networks"),
            DenyNetworks = source.Texts($"{AccessKey}.deny-networks"),
            OpenServices = source.Texts($"{AccessKey}.open-services"),
            MemberServices = source.Texts($"{AccessKey}.member-services"),
            LoginServices = source.Texts($"{AccessKey}.login-services"),
            AdmissionTimeout = source.Time($"{AccessKey}.admission-timeout", defaults.AdmissionTimeout),
        };

        // Records compare their lists by reference: settings without rules are equal to the defaults.
        bool isEmpty = read.AllowNodes.Count + read.DenyNodes.Count + read.AllowNetworks.Count
            + read.DenyNetworks.Count + read.OpenServices.Count + read.MemberServices.Count
            + read.LoginServices.Count == 0;
        return isEmpty ? defaults with { AdmissionTimeout = read.AdmissionTimeout } : read;
    }

    private static AkkaIoSettings AkkaIo(SettingsSource source, AkkaIoSettings defaults)
    {
        source.Section(AkkaIoKey);
        return new AkkaIoSettings { FrameSize = source.SmallSize($"{AkkaIoKey}.frame-size", defaults.FrameSize) };
    }

    private static SlotSettings Slots(SettingsSource source, SlotSettings defaults)
    {
        source.Section(SlotsKey);
        return new SlotSettings
        {
            MaxInbound = source.WholeOrAuto($"{SlotsKey}.max-inbound", defaults.MaxInbound),
            InboundPerGroup = source.Whole($"{SlotsKey}.inbound-per-group", defaults.InboundPerGroup),
            OutboundPerGroup = source.Whole($"{SlotsKey}.outbound-per-group", defaults.OutboundPerGroup),
        };
    }

    private static RateSettings Rates(SettingsSource source, RateSettings defaults)
    {
        source.Section(RatesKey);
        return new RateSettings
        {
            MessagesPerSecond = source.Whole($"{RatesKey}.messages-per-second", defaults.MessagesPerSecond),
            BytesPerSecond = source.SmallSize($"{RatesKey}.bytes-per-second", defaults.BytesPerSecond),
            AverageMessagesPerSecond = source.Whole(
                $"{RatesKey}.average-messages-per-second", defaults.AverageMessagesPerSecond),
        };
    }

    private static DialSettings Dial(SettingsSource source, DialSettings defaults)
    {
        source.Section(DialKey);
        return new DialSettings
        {
            ConnectTimeout = source.Time($"{DialKey}.connect-timeout", defaults.ConnectTimeout),
            FirstBackoff = source.Time($"{DialKey}.first-backoff", defaults.FirstBackoff),
            MaxBackoff = source.Time($"{DialKey}.max-backoff", defaults.MaxBackoff),
            HealthyAfter = source.Time($"{DialKey}.healthy-after", defaults.HealthyAfter),
        };
    }

    private static DiscoverySettings Discovery(SettingsSource source, DiscoverySettings defaults)
    {
        source.Section(DiscoveryKey);
        DiscoverySettings read = new()
        {
            Mode = source.OneOf($"{DiscoveryKey}.mode", defaults.Mode, s_modes),
            Role = source.OneOf($"{DiscoveryKey}.role", defaults.Role, s_roles),
            Bootstrap = source.Addresses($"{DiscoveryKey}.bootstrap"),
            DnsNames = source.Addresses($"{DiscoveryKey}.dns-names"),
            Outbound = source.Whole($"{DiscoveryKey}.outbound", defaults.Outbound),
            PrivateAddresses = source.Switch($"{DiscoveryKey}.private-addresses", defaults.PrivateAddresses),
        };

        // Records compare their lists by reference: settings without lists are equal to the defaults.
        return read.Bootstrap.Count + read.DnsNames.Count > 0 ? read
            : read with { Bootstrap = defaults.Bootstrap, DnsNames = defaults.DnsNames };
    }

    private static DhtSettings Dht(SettingsSource source, DhtSettings defaults)
    {
        source.Section(DhtSectionKey);
        return new DhtSettings
        {
            Enabled = source.Switch($"{DhtSectionKey}.enabled", defaults.Enabled),
            MaxOpened = source.Whole($"{DhtSectionKey}.max-opened", defaults.MaxOpened),
        };
    }

    /// <summary>The key for the property that a failed check names; null when the check names none.</summary>
    private static string? KeyOf(string? property, IReadOnlyList<string> keys)
    {
        var name = new StringBuilder();
        foreach (char letter in property ?? "")
        {
            name.Append(char.IsUpper(letter) && name.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
        }
        return char.IsUpper(property is [var first, ..] ? first : '-')
            ? keys.FirstOrDefault(key => key == $"{name}" || key.EndsWith($".{name}", StringComparison.Ordinal))
            : null;
    }

    /// <summary>
    /// The message of a failed check with the key in place of the property: the writer of a file knows keys only.
    /// </summary>
    private static string MessageFor(string key, ArgumentException refused)
    {
        string message = refused.Message;
        int end = message.LastIndexOf(" (Parameter", StringComparison.Ordinal);
        string text = end < 0 ? message : message[..end];
        return key
            + (text.StartsWith(refused.ParamName!, StringComparison.Ordinal)
                ? text[refused.ParamName!.Length..] : $": {text}");
    }
}
