namespace ActorP2P.Protocol.Tests;

public class NameFatesTests
{
    private static readonly PeerAddress Name = new("seed.example.org", 7000);
    private static readonly PeerAddress First = new("192.0.2.1", 7000);
    private static readonly PeerAddress Second = new("192.0.2.2", 7000);
    private static readonly DialSettings Settings = new();

    [Fact]
    public void Only_a_useless_address_is_skipped()
    {
        NameFates fates = new(Settings, new Random(1));
        fates.Failed(Name, First, TimeSpan.Zero, DisconnectReason.SelfConnection);
        Assert.Equal([First], fates.Excluded(Name, TimeSpan.Zero));
        Assert.Empty(fates.Excluded(Second, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(DisconnectReason.SelfConnection, 150, 300)]
    [InlineData(DisconnectReason.WrongNetwork, 150, 300)]
    [InlineData(DisconnectReason.NotThisProtocol, 150, 300)]
    [InlineData(DisconnectReason.HandshakeTimeout, 0.9, 1)]
    public void A_skipped_address_is_tried_again_after_its_pause(
        DisconnectReason reason, double passedOver, double over)
    {
        NameFates fates = new(Settings, new Random(1));
        fates.Failed(Name, First, TimeSpan.Zero, reason);
        Assert.Equal([First], fates.Excluded(Name, TimeSpan.FromSeconds(passedOver)));
        Assert.Empty(fates.Excluded(Name, TimeSpan.FromSeconds(over)));
        Assert.Empty(fates.Excluded(Name, TimeSpan.Zero));
    }
}
