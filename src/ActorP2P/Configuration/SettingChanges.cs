namespace ActorP2P;

/// <summary>Compares settings, and applies those that can be changed while a node runs.</summary>
internal static class SettingChanges
{
    // In the order of reference.conf. A test compares the keys with those that are read.
    private static readonly Setting[] s_settings =
    [
        new("network-id", static options => options.NetworkId),
        new("listen", static options => options.Listen),
        new("announce", static options => Text(options.Announce)),
        new("bootstrap", static options => Text(options.Bootstrap)),
        new("user-agent", static options => options.UserAgent),
        new("broadcasts", static options => options.Broadcasts, IsLive: true),
        new("request-timeout", static options => options.RequestTimeout, IsLive: true),
        new("max-pending-requests", static options => options.MaxPendingRequests),
        new("max-connections", static options => options.MaxConnections, IsLive: true),
        new("max-half-open", static options => options.MaxHalfOpen, IsLive: true),
        new("max-concurrent-handlers", static options => options.MaxConcurrentHandlers),
        new("max-node-handlers", static options => options.MaxNodeHandlers),
        new("reassembly-budget", static options => options.ReassemblyBudget),
        new("memory-budget", static options => options.MemoryBudget),
        new("dropped-budget", static options => options.DroppedBudget),
        new("seen-capacity", static options => options.SeenCapacity),
        new("seen-lifetime", static options => options.SeenLifetime),
        new("transport", static options => options.Transport),
        new("encryption", static options => options.Encryption),
        new("identity-file", static options => options.IdentityFile),
        new("network-secret-file", static options => options.NetworkSecretFile),
        new("cookie-file", static options => options.CookieFile),
        new("data-directory", static options => options.DataDirectory),
        new("access.allow-nodes", static options => Text(options.Access.AllowNodes), IsLive: true),
        new("access.deny-nodes", static options => Text(options.Access.DenyNodes), IsLive: true),
        new("access.allow-networks", static options => Text(options.Access.AllowNetworks), IsLive: true),
        new("access.deny-networks", static options => Text(options.Access.DenyNetworks), IsLive: true),
        new("access.open-services", static options => Text(options.Access.OpenServices), IsLive: true),
        new("access.member-services", static options => Text(options.Access.MemberServices), IsLive: true),
        new("access.login-services", static options => Text(options.Access.LoginServices), IsLive: true),
        new("access.admission-timeout", static options => options.Access.AdmissionTimeout, IsLive: true),
        new("akka-io.frame-size", static options => options.AkkaIo.FrameSize),
        new("slots.max-inbound", static options => options.Slots.MaxInbound, IsLive: true),
        new("slots.inbound-per-group", static options => options.Slots.InboundPerGroup, IsLive: true),
        new("slots.outbound-per-group", static options => options.Slots.OutboundPerGroup),
        new("rates.messages-per-second", static options => options.Rates.MessagesPerSecond),
        new("rates.bytes-per-second", static options => options.Rates.BytesPerSecond),
        new("rates.average-messages-per-second", static options => options.Rates.AverageMessagesPerSecond),
        new("session.handshake-timeout", static options => options.Session.HandshakeTimeout),
        new("session.ping-after", static options => options.Session.PingAfter),
        new("session.pong-timeout", static options => options.Session.PongTimeout),
        new("session.least-pong-timeout", static options => options.Session.LeastPongTimeout),
        new("session.drain-timeout", static options => options.Session.DrainTimeout),
        new("session.no-progress-timeout", static options => options.Session.NoProgressTimeout),
        new("session.fragment-timeout", static options => options.Session.FragmentTimeout),
        new("session.credit-timeout", static options => options.Session.CreditTimeout),
        new("session.max-message", static options => options.Session.MaxMessage),
        new("session.credit-window", static options => options.Session.CreditWindow),
        new("session.max-credit-window", static options => options.Session.MaxCreditWindow),
        new("session.max-requests", static options => options.Session.MaxRequests),
        new("session.max-streams", static options => options.Session.MaxStreams),
        new("session.stream-window", static options => options.Session.StreamWindow),
        new("session.max-queued", static options => options.Session.MaxQueued),
        new("dial.connect-timeout", static options => options.Dial.ConnectTimeout),
        new("dial.first-backoff", static options => options.Dial.FirstBackoff),
        new("dial.max-backoff", static options => options.Dial.MaxBackoff),
        new("dial.healthy-after", static options => options.Dial.HealthyAfter),
        new("discovery.mode", static options => options.Discovery.Mode),
        new("discovery.role", static options => options.Discovery.Role),
        new("discovery.bootstrap", static options => Text(options.Discovery.Bootstrap)),
        new("discovery.dns-names", static options => Text(options.Discovery.DnsNames)),
        new("discovery.outbound", static options => options.Discovery.Outbound),
        new("discovery.private-addresses", static options => options.Discovery.PrivateAddresses),
        new("dht.enabled", static options => options.Dht.Enabled),
        new("dht.max-opened", static options => options.Dht.MaxOpened),
    ];

    /// <summary>The keys of all settings.</summary>
    public static IEnumerable<string> Keys => s_settings.Select(static setting => setting.Key);

    /// <summary>The keys of the settings that can be changed while a node runs.</summary>
    public static IEnumerable<string> LiveKeys =>
        s_settings.Where(static setting => setting.IsLive).Select(static setting => setting.Key);

    /// <summary>The keys of the settings that differ.</summary>
    public static IReadOnlyList<string> Differences(P2PNodeOptions one, P2PNodeOptions other) =>
        [.. s_settings.Where(setting => setting.Differs(one, other)).Select(static setting => setting.Key)];

    /// <summary>The settings that differ and cannot be changed while the node runs.</summary>
    /// <param name="running">What the node was started with.</param>
    /// <param name="wanted">What is wanted.</param>
    public static IReadOnlyList<string> NeedRestart(P2PNodeOptions running, P2PNodeOptions wanted) =>
        [.. s_settings
            .Where(setting => setting.IsLive
                ? IsAboutNodes(setting) && running.Encryption == Encryption.Off && wanted.Access.NeedsProof
                : setting.Differs(running, wanted))
            .Select(static setting => setting.Key)];

    /// <summary>The settings of a running node with what can be changed of those wanted.</summary>
    /// <param name="running">The node's settings.</param>
    /// <param name="wanted">What is wanted.</param>
    public static P2PNodeOptions Applied(P2PNodeOptions running, P2PNodeOptions wanted) => running with
    {
        Broadcasts = wanted.Broadcasts,
        RequestTimeout = wanted.RequestTimeout,
        MaxConnections = wanted.MaxConnections,
        MaxHalfOpen = wanted.MaxHalfOpen,
        Slots = wanted.Slots with { OutboundPerGroup = running.Slots.OutboundPerGroup },

        // Without encryption no id is proven, and rules about nodes would close every connection.
        Access = running.Encryption == Encryption.Off
            ? wanted.Access with { AllowNodes = [], DenyNodes = [] }
            : wanted.Access,
    };

    private static bool IsAboutNodes(Setting setting) => setting.Key is "access.allow-nodes" or "access.deny-nodes";

    // Lists compare by reference. No value has a line break in it, but the name of a service may have a space.
    private static string Text<T>(IEnumerable<T> values) => string.Join('\n', values);

    /// <summary>One setting.</summary>
    /// <param name="Key">Its key.</param>
    /// <param name="Value">Reads it.</param>
    /// <param name="IsLive">Whether it can be changed while a node runs.</param>
    private sealed record Setting(string Key, Func<P2PNodeOptions, object?> Value, bool IsLive = false)
    {
        public bool Differs(P2PNodeOptions one, P2PNodeOptions other) => !Equals(Value(one), Value(other));
    }
}
