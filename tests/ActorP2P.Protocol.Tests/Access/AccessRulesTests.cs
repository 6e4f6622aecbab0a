namespace ActorP2P.Protocol.Tests;

public class AccessRulesTests
{
    private static readonly NodeId s_alice = Node(1);
    private static readonly NodeId s_bob = Node(2);

    [Fact]
    public void Without_rules_everybody_is_admitted()
    {
        Assert.True(AccessRules.Open.Admits((NodeId?)null));
        Assert.True(AccessRules.Open.Admits(new PeerAddress("a.name", 1)));
    }

    [Fact]
    public void An_allow_list_admits_only_its_entries()
    {
        AccessRules rules = new(new AccessSettings { AllowNodes = [s_alice] });
        Assert.True(rules.Admits(s_alice));
        Assert.False(rules.Admits(s_bob));
        Assert.False(rules.Admits((NodeId?)null));
    }

    [Fact]
    public void A_deny_list_takes_precedence_over_an_allow_list()
    {
        AccessRules rules = new(new AccessSettings
        {
            AllowNodes = [s_alice, s_bob],
            DenyNodes = [s_bob],
            AllowNetworks = ["10.0.0.0/8"],
            DenyNetworks = ["10.1.0.0/16"],
        });
        Assert.True(rules.Admits(s_alice));
        Assert.False(rules.Admits(s_bob));
        Assert.True(rules.Admits(new PeerAddress("10.2.3.4", 1)));
        Assert.False(rules.Admits(new PeerAddress("10.1.3.4", 1)));
    }

    [Theory]
    [InlineData("10.1.0.1", true)]
    [InlineData("fe80::1%eth0", true)]
    [InlineData("10.2.0.1", false)]
    [InlineData("a.name", false)]
    public void A_name_is_not_denied_before_its_addresses_are_known(string host, bool isDenied)
    {
        AccessRules rules = new(new AccessSettings { DenyNetworks = ["10.1.0.0/16", "fe80::/10"] });

        Assert.Equal(isDenied, rules.Denies(new PeerAddress(host, 1)));
        Assert.False(AccessRules.Open.Denies(new PeerAddress(host, 1)));
    }

    [Fact]
    public void A_deny_list_alone_needs_a_proven_id() =>
        Assert.False(new AccessRules(new AccessSettings { DenyNodes = [s_bob] }).Admits((NodeId?)null));

    [Theory]
    [InlineData("10.0.0.0/8", "10.255.0.1", true)]
    [InlineData("10.0.0.0/8", "11.0.0.1", false)]
    [InlineData("0.0.0.0/0", "11.0.0.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("1.2.3.4", "1.2.3.4", true)]
    [InlineData("1.2.3.4", "1.2.3.5", false)]
    [InlineData("1.2.3.4", "::ffff:1.2.3.4", true)]
    [InlineData("::ffff:1.2.3.4", "1.2.3.4", true)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("fe80::/10", "fe80::1%eth0", true)]
    [InlineData("10.0.0.0/8", "a.name", false)]
    public void Networks_hold_the_addresses_in_them(string network, string host, bool isIn)
    {
        PeerAddress address = new(host, 1);
        Assert.Equal(isIn, new AccessRules(new AccessSettings { AllowNetworks = [network] }).Admits(address));
        if (isIn)
        {
            Assert.False(new AccessRules(new AccessSettings { DenyNetworks = [network] }).Admits(address));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.0.0.0/33")]
    [InlineData("192.168.1")]
    [InlineData("10")]
    [InlineData("010.0.0.1")]
    [InlineData("10/8")]
    [InlineData("::ffff:10.0.0.0/104")]
    [InlineData("10.0.0.0/")]
    [InlineData("a.name")]
    [InlineData("2001:db8::/129")]
    public void A_text_that_is_not_a_network_is_refused_by_name(string text)
    {
        ArgumentException refusal = Assert.Throws<ArgumentException>(
            () => new AccessSettings { DenyNetworks = [text] }.Validated());
        Assert.Equal(nameof(AccessSettings.DenyNetworks), refusal.ParamName);
        Assert.Contains($"'{text}'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_node_that_is_not_admitted_is_refused_at_its_hello(object anyRole)
    {
        FakePeer peer = new(
            (SessionRole)anyRole, access: new AccessRules(new AccessSettings { AllowNodes = [s_alice] }));
        peer.Session.ProvenId = Given.Hello(2).NodeId.Claim;
        peer.SayHello();
        peer.AssertRefused(DisconnectReason.NotAdmitted);
        Assert.Null(peer.Session.RemoteHello);
    }

    [Theory]
    [InlineData(SessionRole.Initiator)]
    [InlineData(SessionRole.Responder)]
    public void A_hello_that_claims_another_id_than_is_proven_is_refused(object anyRole)
    {
        FakePeer peer = new((SessionRole)anyRole);
        peer.Session.ProvenId = s_alice;
        peer.SayHello();
        peer.AssertRefused(DisconnectReason.WrongNode);
    }

    private static NodeId Node(byte last) => new([.. new byte[NodeId.Size - 1], last]);
}
