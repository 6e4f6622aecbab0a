namespace ActorP2P.TestKit;

/// <summary>The settings of a test, read from its system's configuration under the names of Akka.TestKit.</summary>
public sealed class TestKitSettings
{
    // The values of Akka.TestKit's reference configuration.
    private static readonly TimeSpan ThreeSeconds = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FiveSeconds = TimeSpan.FromSeconds(5);

    /// <summary>Reads them.</summary>
    /// <exception cref="ConfigurationException">A time is infinite or no duration, or the factor is not above zero.</exception>
    public TestKitSettings(Config config)
    {
        ArgumentNullException.ThrowIfNull(config);
        SingleExpectDefault = config.GetTimeSpan("akka.test.single-expect-default", ThreeSeconds, allowInfinite: false);
        DefaultTimeout = config.GetTimeSpan("akka.test.default-timeout", FiveSeconds, allowInfinite: false);
        TestEventFilterLeeway = config.GetTimeSpan("akka.test.filter-leeway", ThreeSeconds, allowInfinite: false);
        TestTimeFactor = config.GetDouble("akka.test.timefactor", 1);
        if (!double.IsFinite(TestTimeFactor) || TestTimeFactor <= 0)
        {
            throw new ConfigurationException($"akka.test.timefactor is {TestTimeFactor} but must be above 0.");
        }
    }

    /// <summary>How long an expectation without a time of its own waits; <c>akka.test.single-expect-default</c>, 3 s unless set.</summary>
    public TimeSpan SingleExpectDefault { get; }

    /// <summary>A time for asks, for tests to use; <c>akka.test.default-timeout</c>, 5 s unless set.</summary>
    public TimeSpan DefaultTimeout { get; }

    /// <summary>How long an expected event of the system may take; <c>akka.test.filter-leeway</c>, 3 s unless set.</summary>
    public TimeSpan TestEventFilterLeeway { get; }

    /// <summary>
    /// What every time of an expectation is multiplied with, but not that of <see cref="TestKitBase.ReceiveOne"/>, so that a slow machine needs no
    /// other test; <c>akka.test.timefactor</c>, 1 unless set.
    /// </summary>
    public double TestTimeFactor { get; }
}
