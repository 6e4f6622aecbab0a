namespace ActorP2P.Protocol.Tests;

public class SessionSettingsTests
{
    public static TheoryData<string, SessionSettings> OutOfBounds { get; } = new()
    {
        { nameof(SessionSettings.HandshakeTimeout), new SessionSettings { HandshakeTimeout = TimeSpan.Zero } },
        { nameof(SessionSettings.PingAfter), new SessionSettings { PingAfter = TimeSpan.MaxValue } },
        { nameof(SessionSettings.PongTimeout), new SessionSettings { PongTimeout = TimeSpan.FromDays(31) } },
        { nameof(SessionSettings.LeastPongTimeout), new SessionSettings { LeastPongTimeout = TimeSpan.Zero } },
        { nameof(SessionSettings.DrainTimeout), new SessionSettings { DrainTimeout = -TimeSpan.FromTicks(1) } },
        { nameof(SessionSettings.NoProgressTimeout), new SessionSettings { NoProgressTimeout = TimeSpan.Zero } },
        { nameof(SessionSettings.MaxMessage), new SessionSettings { MaxMessage = SessionSettings.MinMaxMessage - 1 } },
        { nameof(SessionSettings.CreditWindow),
            new SessionSettings { CreditWindow = SessionSettings.MinCreditWindow - 1 } },
        { nameof(SessionSettings.MaxRequests), new SessionSettings { MaxRequests = SessionSettings.MinRequests - 1 } },
        { nameof(SessionSettings.MaxQueued), new SessionSettings { MaxQueued = 0 } },
    };

    [Fact]
    public void The_defaults_are_valid() => new SessionSettings().Validated();

    [Theory]
    [MemberData(nameof(OutOfBounds))]
    public void A_value_out_of_bounds_is_named(string name, SessionSettings settings) =>
        Assert.Equal(name, Assert.ThrowsAny<ArgumentException>(settings.Validated).ParamName);
}
