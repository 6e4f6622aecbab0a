namespace ActorP2P.Simulation;

/// <summary>How nodes die and come back again and again.</summary>
/// <param name="HalfLife">The time in which half of the nodes die.</param>
/// <param name="Away">How long each stays away.</param>
/// <param name="Lasts">When all are back, counted from the start of the churn.</param>
internal sealed record ChurnTimes(TimeSpan HalfLife, TimeSpan Away, TimeSpan Lasts)
{
    /// <summary>Reads the times of an entry.</summary>
    public static ChurnTimes Read(ScenarioSection section, TimeSpan duration) => new(
        section.Time("half-life", TimeSpan.FromMinutes(1), TimeSpan.FromMilliseconds(1)),
        section.Time("away", TimeSpan.FromSeconds(10), TimeSpan.FromMilliseconds(1)),
        section.Time("for", duration, TimeSpan.FromMilliseconds(1)));

    /// <summary>Draws how long a node lives.</summary>
    public TimeSpan DrawLife(Random random) => HalfLife * -Math.Log2(1 - random.NextDouble());
}
