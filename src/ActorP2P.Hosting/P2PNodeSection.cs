using System.Globalization;
using System.Text;

namespace ActorP2P.Hosting;

/// <summary>
/// Settings of a node that override the section <c>actorp2p.NAME</c> of its actor system's configuration. A null
/// overrides nothing. Each property has the meaning of the property of <see cref="P2PNodeOptions"/> with the same name.
/// Settings within sub-sections, such as <c>session</c>, can only be set in HOCON or by <c>WithOptions</c>.
/// </summary>
public sealed class P2PNodeSection
{
    /// <inheritdoc cref="P2PNodeOptions.NetworkId"/>
    public string? NetworkId { get; set; }

    /// <summary>The address to listen on, as <c>host:port</c>, or <c>off</c>.</summary>
    public string? Listen { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.Announce"/>
    public IReadOnlyList<PeerAddress>? Announce { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.Bootstrap"/>
    public IReadOnlyList<PeerAddress>? Bootstrap { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.UserAgent"/>
    public string? UserAgent { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.Broadcasts"/>
    public BroadcastChoice? Broadcasts { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.RequestTimeout"/>
    public TimeSpan? RequestTimeout { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.MaxPendingRequests"/>
    public int? MaxPendingRequests { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.MaxConnections"/>
    public int? MaxConnections { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.MaxHalfOpen"/>
    public int? MaxHalfOpen { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.MaxConcurrentHandlers"/>
    public int? MaxConcurrentHandlers { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.MaxNodeHandlers"/>
    public int? MaxNodeHandlers { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.ReassemblyBudget"/>
    public long? ReassemblyBudget { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.MemoryBudget"/>
    public long? MemoryBudget { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.DroppedBudget"/>
    public long? DroppedBudget { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.SeenCapacity"/>
    public int? SeenCapacity { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.SeenLifetime"/>
    public TimeSpan? SeenLifetime { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.Transport"/>
    public TransportKind? Transport { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.Encryption"/>
    public Encryption? Encryption { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.IdentityFile"/>
    public string? IdentityFile { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.NetworkSecretFile"/>
    public string? NetworkSecretFile { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.CookieFile"/>
    public string? CookieFile { get; set; }

    /// <inheritdoc cref="P2PNodeOptions.DataDirectory"/>
    public string? DataDirectory { get; set; }

    /// <summary>Writes the settings as a node's HOCON section; empty if nothing is set.</summary>
    /// <param name="name">The node's name.</param>
    internal string ToHocon(string name)
    {
        StringBuilder lines = new();
        Write(lines, "network-id", Quoted(NetworkId));
        Write(lines, "listen", Quoted(Listen));
        Write(lines, "announce", List(Announce));
        Write(lines, "bootstrap", List(Bootstrap));
        Write(lines, "user-agent", Quoted(UserAgent));
        Write(lines, "broadcasts", Broadcasts switch
        {
            null => null,
            BroadcastChoice.Handled => "handled",
            BroadcastChoice.None => "none",
            BroadcastChoice.All => "all",
            _ => Broadcasts.ToString(),
        });
        Write(lines, "request-timeout", Time(RequestTimeout));
        Write(lines, "max-pending-requests", MaxPendingRequests);
        Write(lines, "max-connections", MaxConnections);
        Write(lines, "max-half-open", MaxHalfOpen);
        Write(lines, "max-concurrent-handlers", MaxConcurrentHandlers);
        Write(lines, "max-node-handlers", MaxNodeHandlers);
        Write(lines, "reassembly-budget", ReassemblyBudget);
        Write(lines, "memory-budget", MemoryBudget);
        Write(lines, "dropped-budget", DroppedBudget);
        Write(lines, "seen-capacity", SeenCapacity);
        Write(lines, "seen-lifetime", Time(SeenLifetime));
        Write(lines, "transport", Transport switch
        {
            null => null,
            TransportKind.AkkaIo => "akka-io",
            TransportKind.Sockets => "sockets",
            _ => Transport.ToString(),
        });
        Write(lines, "encryption", Encryption switch
        {
            null => null,
            ActorP2P.Encryption.Off => "off",
            ActorP2P.Encryption.Required => "required",
            _ => Encryption.ToString(),
        });
        Write(lines, "identity-file", Quoted(IdentityFile));
        Write(lines, "network-secret-file", Quoted(NetworkSecretFile));
        Write(lines, "cookie-file", Quoted(CookieFile));
        Write(lines, "data-directory", Quoted(DataDirectory));
        return lines.Length == 0 ? "" : $"actorp2p.{Quoted(name)} {{\n{lines}}}";
    }

    private static void Write(StringBuilder lines, string key, IFormattable? value) =>
        Write(lines, key, value?.ToString(null, CultureInfo.InvariantCulture));

    private static void Write(StringBuilder lines, string key, string? value)
    {
        if (value is not null)
        {
            lines.Append(key).Append(" = ").Append(value).Append('\n');
        }
    }

    private static string? List(IReadOnlyList<PeerAddress>? addresses) =>
        addresses is null ? null : $"[{string.Join(", ", addresses.Select(static address => Quoted($"{address}")))}]";

    private static string? Time(TimeSpan? time) =>
        time is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds}ms") : null;

    private static string? Quoted(string? text) => text is null ? null
        : $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
