namespace ActorP2P.Protocol.Tests;

/// <summary>The frames of version 0, as nodes sent them before version 1, are refused with a typed reason.</summary>
public class VersionZeroTests
{
    private const string HelloOfVersionZero =
        "0a07746573746e6574100018002320000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2b0801020304050607"
        + "08330811121314151617183a0c6163746f727032702f302e31420e3139322e302e322e313a3730303048015205636861696e588eff00608e"
        + "ff00688eff00708eff00788efeff0080810088b0bbfe94cf00";

    [Fact]
    public void A_hello_of_version_zero_is_refused()
    {
        FakePeer peer = new();
        peer.SayRaw(Frame(FrameKind.Hello, Convert.FromHexString(HelloOfVersionZero)));
        peer.AssertRefused(DisconnectReason.UnsupportedVersion);
        Assert.Empty(peer.Heard(FrameKind.HelloAck));
    }

    [Fact]
    public void A_hello_ack_of_version_zero_is_refused()
    {
        FakePeer peer = new(SessionRole.Initiator);
        peer.SayRaw(Frame(FrameKind.HelloAck, Convert.FromHexString(HelloOfVersionZero)));
        peer.AssertRefused(DisconnectReason.UnsupportedVersion);
        Assert.Empty(peer.Heard(FrameKind.Ready));
    }

    [Fact]
    public void A_hello_without_versions_counts_as_version_zero()
    {
        string without = HelloOfVersionZero.Replace("10001800", "", StringComparison.Ordinal);
        FakePeer peer = new();
        peer.SayRaw(Frame(FrameKind.Hello, Convert.FromHexString(without)));
        peer.AssertRefused(DisconnectReason.UnsupportedVersion);
        Assert.Contains("versions 0 to 0", peer.Fault!.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_hello_with_version_one_is_accepted()
    {
        string renewed = HelloOfVersionZero.Replace("10001800", "10011801", StringComparison.Ordinal);
        FakePeer peer = new();
        peer.SayRaw(Frame(FrameKind.Hello, Convert.FromHexString(renewed)));
        Assert.Equal(SessionState.AwaitingReady, peer.Session.State);
    }

    private static byte[] Frame(FrameKind kind, byte[] payload) => FakePeer.Encode(kind, payload);
}
