using ActorP2P.Hocon;
using ActorP2P.Protocol;
using Microsoft.Extensions.Logging;
using AkkaConfig = Akka.Configuration.Config;
using AkkaFactory = Akka.Configuration.ConfigurationFactory;

namespace ActorP2P.Tests;

public sealed class SettingsTests
{
    [Theory]
    [InlineData("listen = nowhere", "listen has 'nowhere'; allowed: host:port")]
    [InlineData("bootstrap = [\"a:1\", \"b\"]", "bootstrap has 'b'; allowed: host:port")]
    [InlineData("session { credit-window = 1KiB }", "session.credit-window is 1024; allowed: 65600 bytes")]
    [InlineData("session.max-message = 3GiB", "session.max-message is 3221225472 bytes; allowed: 0 to 2147483647")]
    [InlineData("max-connections = 0", "max-connections is 0; allowed: 1 or more")]
    [InlineData("max-connections = many", "max-connections is 'many' but must be a whole number")]
    [InlineData("max-connections = null", "max-connections is null but must be a whole number")]
    [InlineData("request-timeout = 5 parsecs", "request-timeout is '5 parsecs' but must be a duration")]
    [InlineData("request-timeout = infinite", "request-timeout is 'infinite' but must be a duration")]
    [InlineData("dial.max-backoff = 100ms",
        "dial.max-backoff is 00:00:00.1000000; allowed: at least the first pause, 00:00:01")]
    [InlineData("dial.connect-timeout = 31d",
        "dial.connect-timeout is 31.00:00:00; allowed: more than zero, at most 30 days")]
    [InlineData("reassembly-budget = 1MiB", "reassembly-budget is 1048576; allowed: at least the longest message")]
    [InlineData("listen { port = 1 }", "listen is an object but must be a text")]
    [InlineData("transport = pigeons", "transport is 'pigeons'; allowed: akka-io or sockets")]
    [InlineData("akka-io.frame-size = 1KiB", "akka-io.frame-size is 1024; allowed: 4096 to 1048576")]
    [InlineData("slots.max-inbound = -1", "slots.max-inbound is -1; allowed: 0 or more")]
    [InlineData("slots.inbound-per-group = 0", "slots.inbound-per-group is 0; allowed: 1 or more")]
    [InlineData("slots.outbound-per-group = 0", "slots.outbound-per-group is 0; allowed: 1 or more")]
    [InlineData("akka-io = 5", "akka-io is '5' but must be an object")]
    [InlineData("session = 5", "session is '5' but must be an object")]
    [InlineData("network-id = \"\"", "network-id is ; allowed: 1 to 64 bytes")]
    public void A_refused_value_is_named_with_its_key_and_the_allowed(string text, string expected)
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(
            () => P2PNodeOptions.From(HoconConfig.Parse(text)));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", TransportKind.AkkaIo)]
    [InlineData("transport = akka-io", TransportKind.AkkaIo)]
    [InlineData("transport = sockets", TransportKind.Sockets)]
    public void The_transport_is_read(string text, TransportKind expected) =>
        Assert.Equal(expected, P2PNodeOptions.From(HoconConfig.Parse(text)).Transport);

    [Fact]
    public void Addresses_are_read_and_listening_can_be_off()
    {
        P2PNodeOptions settings = P2PNodeOptions.From(
            HoconConfig.Parse("listen = off, bootstrap = [\"a:1\", \"[::1]:2\"]"));

        Assert.Null(settings.Listen);
        Assert.Equal([new PeerAddress("a", 1), new PeerAddress("::1", 2)], settings.Bootstrap);
    }

    [Theory]
    [InlineData("max-conections = 5", "max-conections", "max-connections")]
    [InlineData("session.ping-afetr = 5s", "session.ping-afetr", "session.ping-after")]
    [InlineData("ping-after = 5s", "ping-after", "session.ping-after")]
    [InlineData("dial.ping-after = 5s", "dial.ping-after", "session.ping-after")]
    [InlineData("sesion { ping-after = 5s }", "sesion", null)]
    [InlineData("colour = blue", "colour", null)]
    public void An_unknown_key_is_reported_with_the_most_similar_one(string text, string path, string? nearest)
    {
        P2PNodeOptions.From(HoconConfig.Parse(text), out IReadOnlyList<UnknownSetting> unknown);

        Assert.Equal([new UnknownSetting(path, nearest)], unknown);
    }

    [Fact]
    public void An_unknown_key_is_logged_as_a_warning()
    {
        var log = new Lines();

        P2PNodeOptions.From(HoconConfig.Parse("max-conections = 5, max-connections = 6"), log);

        Assert.Equal(
            ["Warning: The configuration has an unknown key: max-conections is not a setting; did you mean "
                + "max-connections?"], log.All);
    }

    [Fact]
    public void A_configuration_of_Akka_is_read_with_its_fallbacks()
    {
        const string Over = "actorp2p { network-id = chess, bootstrap = [\"a:1\"], session.ping-after = 5 s }";
        const string Under = "actorp2p { network-id = other, max-connections = 7, listen = off }";
        AkkaConfig config = AkkaFactory.ParseString(Over).WithFallback(
            AkkaFactory.ParseString(Under)).GetConfig("actorp2p");

        P2PNodeOptions settings = P2PNodeOptions.From(config);

        Assert.Equal("chess", settings.NetworkId);
        Assert.Equal([new PeerAddress("a", 1)], settings.Bootstrap);
        Assert.Equal(TimeSpan.FromSeconds(5), settings.Session.PingAfter);
        Assert.Equal(7, settings.MaxConnections);
        Assert.Null(settings.Listen);
    }

    [Fact]
    public void A_file_that_was_rendered_for_Akka_gives_the_same_settings()
    {
        HoconConfig ours = HoconConfig.Parse(P2PNodeOptions.Reference).GetConfig("actorp2p");

        AkkaConfig theirs = AkkaFactory.ParseString(ours.ToPlainHocon());
        P2PNodeOptions settings = P2PNodeOptions.From(theirs, out IReadOnlyList<UnknownSetting> unknown);

        Assert.Empty(unknown);
        Assert.Empty(settings.Announce);
        Assert.Empty(settings.Bootstrap);
        P2PNodeOptions expected = P2PNodeOptions.From(ours);
        Assert.Equal(expected, settings with { Announce = expected.Announce, Bootstrap = expected.Bootstrap });
    }

    [Theory]
    [InlineData("max-connections = many", "max-connections is 'many' but must be a whole number")]
    [InlineData("session = 5", "session is '5' but must be an object")]
    [InlineData("listen = ${?NO_SUCH_NAME}", "The setting listen of Akka.NET's configuration refers to itself")]
    public void A_configuration_read_by_Akka_is_checked_too(string text, string expected)
    {
        AkkaConfig config = AkkaFactory.ParseString(text);

        ArgumentException failure = Assert.Throws<ArgumentException>(() => P2PNodeOptions.From(config));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_key_in_a_configuration_of_Akka_is_a_warning()
    {
        var log = new Lines();

        P2PNodeOptions.From(AkkaFactory.ParseString("max-conections = 5"), log);

        const string Warning = "max-conections is not a setting; did you mean max-connections?";
        Assert.Equal([$"Warning: The configuration has an unknown key: {Warning}"], log.All);
    }

    private sealed class Lines : ILogger
    {
        public List<string> All { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(Microsoft.Extensions.Logging.LogLevel logLevel) => true;

        public void Log<TState>(
            Microsoft.Extensions.Logging.LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => All.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
