namespace ActorP2P.Tests;

/// <summary>
/// Options from a text are read by this library's HOCON reader. A text also converts implicitly to the type of
/// Akka.NET's reader, which must not be used.
/// </summary>
public sealed class TextOptionsTests
{
    [Fact]
    public void A_text_is_read_as_the_language_has_it()
    {
        P2PNodeOptions options = P2PNodeOptions.From("""
            name = chess
            network-id = ${name}-club
            session.ping-after = 1 minute
            """, out IReadOnlyList<UnknownSetting> unknown);

        Assert.Equal("chess-club", options.NetworkId);
        Assert.Equal(TimeSpan.FromMinutes(1), options.Session.PingAfter);
        Assert.Equal("name", Assert.Single(unknown).Path);
    }

    [Theory]
    [InlineData("network-id = [")]
    [InlineData("network-id = ${missing}")]
    [InlineData("max-connections = 0")]
    [InlineData("nodes.conf")]
    public void A_text_without_valid_settings_is_refused(string text) =>
        Assert.Throws<ArgumentException>(() => P2PNodeOptions.From(text));
}
