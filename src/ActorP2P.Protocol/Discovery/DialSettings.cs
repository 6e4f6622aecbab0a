using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The times of dialling.</summary>
public sealed record DialSettings
{
    /// <summary>The time a TCP connection may take. Bitcoin Core's value.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause after the first failure. It doubles with each further failure.</summary>
    public TimeSpan FirstBackoff { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after any number of failures. go-libp2p's value.</summary>
    public TimeSpan MaxBackoff { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A connection that lasted this long clears the address's failures.</summary>
    public TimeSpan HealthyAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Checks that the values are valid and agree with each other.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not; the message names it, the value and what is allowed.
    /// </exception>
    public DialSettings Validated()
    {
        WaitTime.Require(ConnectTimeout, nameof(ConnectTimeout));
        WaitTime.Require(FirstBackoff, nameof(FirstBackoff));
        WaitTime.Require(MaxBackoff, nameof(MaxBackoff));
        WaitTime.Require(HealthyAfter, nameof(HealthyAfter));
        return MaxBackoff >= FirstBackoff ? this : throw new ArgumentOutOfRangeException(
            nameof(MaxBackoff), MaxBackoff,
            $"{nameof(MaxBackoff)} is {MaxBackoff}; allowed: at least the first pause, {FirstBackoff}.");
    }
}
