using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Reads settings from configuration, key by key and without reflection. What is not there keeps its default.
/// </summary>
internal static class SettingsReader
{
    public static P2PSettings Read(Config config)
    {
        P2PSettings defaults = new();
        return new P2PSettings
        {
            NetworkId = config.GetString("network-id", defaults.NetworkId)!,
            Listen = config.GetString("listen", $"{defaults.Listen}") is { } listen and not "off" ? Address("listen", listen) : null,
            Announce = Addresses(config, "announce"),
            Bootstrap = Addresses(config, "bootstrap"),
            UserAgent = config.GetString("user-agent", defaults.UserAgent)!,
            RequestTimeout = config.GetTimeSpan("request-timeout", defaults.RequestTimeout, allowInfinite: false),
            MaxPendingRequests = config.GetInt("max-pending-requests", defaults.MaxPendingRequests),
            MaxConnections = config.GetInt("max-connections", defaults.MaxConnections),
            MaxHalfOpen = config.GetInt("max-half-open", defaults.MaxHalfOpen),
            MaxConcurrentHandlers = config.GetInt("max-concurrent-handlers", defaults.MaxConcurrentHandlers),
            ReassemblyBudget = config.GetByteSize("reassembly-budget", defaults.ReassemblyBudget)!.Value,
            SeenCapacity = config.GetInt("seen-capacity", defaults.SeenCapacity),
            SeenQuota = config.GetInt("seen-quota", defaults.SeenQuota),
            SeenLifetime = config.GetTimeSpan("seen-lifetime", defaults.SeenLifetime, allowInfinite: false),
            Session = Session(config, defaults.Session),
            Dial = Dial(config, defaults.Dial),
        }.Validated();
    }

    private static SessionSettings Session(Config config, SessionSettings defaults) => new()
    {
        HandshakeTimeout = config.GetTimeSpan("session.handshake-timeout", defaults.HandshakeTimeout, allowInfinite: false),
        PingAfter = config.GetTimeSpan("session.ping-after", defaults.PingAfter, allowInfinite: false),
        PongTimeout = config.GetTimeSpan("session.pong-timeout", defaults.PongTimeout, allowInfinite: false),
        DrainTimeout = config.GetTimeSpan("session.drain-timeout", defaults.DrainTimeout, allowInfinite: false),
        RefusalTimeout = config.GetTimeSpan("session.refusal-timeout", defaults.RefusalTimeout, allowInfinite: false),
        NoProgressTimeout = config.GetTimeSpan("session.no-progress-timeout", defaults.NoProgressTimeout, allowInfinite: false),
        MaxMessage = Size(config, "session.max-message", defaults.MaxMessage),
        CreditWindow = Size(config, "session.credit-window", defaults.CreditWindow),
        MaxRequests = config.GetInt("session.max-requests", defaults.MaxRequests),
        MaxQueued = Size(config, "session.max-queued", defaults.MaxQueued),
        MaxOpenFragmented = config.GetInt("session.max-open-fragmented", defaults.MaxOpenFragmented),
        MaxQueuedPongs = config.GetInt("session.max-queued-pongs", defaults.MaxQueuedPongs),
        MaxQueuedControl = config.GetInt("session.max-queued-control", defaults.MaxQueuedControl),
    };

    private static DialSettings Dial(Config config, DialSettings defaults) => new()
    {
        ConnectTimeout = config.GetTimeSpan("dial.connect-timeout", defaults.ConnectTimeout, allowInfinite: false),
        FirstBackoff = config.GetTimeSpan("dial.first-backoff", defaults.FirstBackoff, allowInfinite: false),
        MaxBackoff = config.GetTimeSpan("dial.max-backoff", defaults.MaxBackoff, allowInfinite: false),
        HealthyAfter = config.GetTimeSpan("dial.healthy-after", defaults.HealthyAfter, allowInfinite: false),
    };

    private static int Size(Config config, string key, int fallback)
    {
        long size = config.GetByteSize(key, fallback)!.Value;
        return size is >= 0 and <= int.MaxValue
            ? (int)size
            : throw new ArgumentException($"{key} is {size} bytes; allowed: 0 to {int.MaxValue}.", key);
    }

    private static PeerAddress[] Addresses(Config config, string key) =>
        config.HasPath(key) ? [.. config.GetStringList(key).Select(text => Address(key, text))] : [];

    private static PeerAddress Address(string key, string text) => PeerAddress.TryParse(text, out PeerAddress? address)
        ? address
        : throw new ArgumentException($"{key} has '{text}'; allowed: host:port, 1.2.3.4:port or [v6]:port.", key);
}
