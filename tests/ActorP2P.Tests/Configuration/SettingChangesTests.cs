namespace ActorP2P.Tests.Configuration;

/// <summary>Which settings differ, and which of them a running node takes.</summary>
public sealed class SettingChangesTests
{
    private static readonly string s_id = $"{NodeId.FromPublicKey([1])}";

    // Each setting with a value that is not its default.
    private static readonly Dictionary<string, string> s_other = new()
    {
        ["network-id"] = "other",
        ["listen"] = "off",
        ["announce"] = "[\"10.0.0.1:1\"]",
        ["bootstrap"] = "[\"10.0.0.1:1\"]",
        ["user-agent"] = "other",
        ["broadcasts"] = "none",
        ["request-timeout"] = "11s",
        ["max-pending-requests"] = "3",
        ["max-connections"] = "3",
        ["max-half-open"] = "3",
        ["max-concurrent-handlers"] = "3",
        ["max-node-handlers"] = "3",
        ["reassembly-budget"] = "65MiB",
        ["memory-budget"] = "1GiB",
        ["dropped-budget"] = "3",
        ["seen-capacity"] = "3",
        ["seen-lifetime"] = "3m",
        ["transport"] = "sockets",
        ["encryption"] = "off",
        ["identity-file"] = "other",
        ["network-secret-file"] = "other",
        ["cookie-file"] = "other",
        ["data-directory"] = "other",
        ["access.allow-nodes"] = $"[{s_id}]",
        ["access.deny-nodes"] = $"[{s_id}]",
        ["access.allow-networks"] = "[\"10.0.0.0/8\"]",
        ["access.deny-networks"] = "[\"10.0.0.0/8\"]",
        ["access.open-services"] = "[chess]",
        ["access.member-services"] = "[chess]",
        ["access.login-services"] = "[chess]",
        ["access.admission-timeout"] = "3s",
        ["akka-io.frame-size"] = "32KiB",
        ["slots.max-inbound"] = "7",
        ["slots.inbound-per-group"] = "9",
        ["slots.outbound-per-group"] = "2",
        ["rates.messages-per-second"] = "11",
        ["rates.bytes-per-second"] = "1MiB",
        ["rates.average-messages-per-second"] = "11",
        ["session.handshake-timeout"] = "11s",
        ["session.ping-after"] = "11s",
        ["session.pong-timeout"] = "11s",
        ["session.least-pong-timeout"] = "11s",
        ["session.drain-timeout"] = "11s",
        ["session.no-progress-timeout"] = "11s",
        ["session.fragment-timeout"] = "11s",
        ["session.credit-timeout"] = "11s",
        ["session.max-message"] = "1MiB",
        ["session.credit-window"] = "512KiB",
        ["session.max-credit-window"] = "8MiB",
        ["session.max-requests"] = "33",
        ["session.max-streams"] = "33",
        ["session.stream-window"] = "128KiB",
        ["session.max-queued"] = "2MiB",
        ["dial.connect-timeout"] = "11s",
        ["dial.first-backoff"] = "11s",
        ["dial.max-backoff"] = "11m",
        ["dial.healthy-after"] = "11s",
        ["discovery.mode"] = "on",
        ["discovery.role"] = "discovery",
        ["discovery.bootstrap"] = "[\"10.0.0.1:1\"]",
        ["discovery.dns-names"] = "[\"nodes.example.org:1\"]",
        ["discovery.outbound"] = "3",
        ["discovery.private-addresses"] = "on",
        ["dht.enabled"] = "true",
        ["dht.max-opened"] = "11",
    };

    public static TheoryData<string> Keys => [.. SettingChanges.Keys];

    [Fact]
    public void Every_setting_is_compared() =>
        Assert.Equal(
            ((IEnumerable<object[]>)ReferenceConfTests.Keys).Select(key => (string)key[0]), SettingChanges.Keys);

    [Theory]
    [MemberData(nameof(Keys))]
    public void A_setting_that_differs_is_applied_or_named(string key)
    {
        P2PNodeOptions running = new();
        P2PNodeOptions wanted = P2PNodeOptions.From($"{key} = {s_other[key]}");

        bool isLive = SettingChanges.LiveKeys.Contains(key);
        P2PNodeOptions applied = SettingChanges.Applied(running, wanted);

        Assert.Equal(isLive ? [] : [key], SettingChanges.NeedRestart(running, wanted));
        Assert.Equal([key], SettingChanges.Differences(running, wanted));
        Assert.Equal(isLive ? [] : [key], SettingChanges.Differences(applied, wanted));
        Assert.Empty(SettingChanges.Differences(wanted, P2PNodeOptions.From($"{key} = {s_other[key]}")));
    }
}
