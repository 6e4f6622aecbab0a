using System.Globalization;
using System.Text;

namespace ActorP2P.Determinism;

/// <summary>What an exploration has found.</summary>
public sealed class ExplorationReport
{
    private readonly bool _isReplay;

    internal ExplorationReport(
        string test,
        ulong seed,
        int schedules,
        TimeSpan elapsed,
        IReadOnlyList<ExplorationFailure> failures,
        IReadOnlyList<ClaimResult> claims,
        bool isReplay)
    {
        Test = test;
        Seed = seed;
        Schedules = schedules;
        Elapsed = elapsed;
        Failures = failures;
        Claims = claims;
        _isReplay = isReplay;
    }

    /// <summary>The name of the test.</summary>
    public string Test { get; }

    /// <summary>The seed of the schedules.</summary>
    public ulong Seed { get; }

    /// <summary>
    /// How many schedules were played: fewer than asked for after a failure, or when the budget was over.
    /// </summary>
    public int Schedules { get; }

    /// <summary>How much real time it took.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The failures, one for each cause.</summary>
    public IReadOnlyList<ExplorationFailure> Failures { get; }

    /// <summary>The claims of the test and of the actors that took part.</summary>
    public IReadOnlyList<ClaimResult> Claims { get; }

    /// <summary>
    /// The claims of the kinds <c>Sometimes</c> and <c>Reachable</c> that no run has met. It is empty when a failure
    /// ended the exploration early.
    /// </summary>
    public IReadOnlyList<ClaimResult> NeverMet => Failures.Count > 0 || _isReplay ? [] :
        [.. Claims.Where(static claim => claim is { IsMet: false, Kind: ClaimKind.Sometimes or ClaimKind.Reachable })];

    /// <summary>Whether no schedule failed and all claims are met.</summary>
    public bool IsSuccess => Failures.Count == 0 && NeverMet.Count == 0;

    /// <summary>A summary with all failures.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{Test}: {Schedules} schedules of seed {Seed} ");
        text.Append(CultureInfo.InvariantCulture, $"in {Elapsed.TotalSeconds:0.0} s, ");
        text.Append(CultureInfo.InvariantCulture, $"causes of failure: {Failures.Count}\n");
        foreach (ExplorationFailure failure in Failures)
        {
            text.Append('\n').Append(failure);
        }
        foreach (ClaimResult claim in NeverMet)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"never met: {claim.Kind} '{claim.Name}', reached {claim.Reached} times in {Schedules} schedules\n");
        }
        foreach (ClaimResult claim in Claims.Where(static claim => claim is { Kind: ClaimKind.Always, Reached: 0 }))
        {
            text.Append(CultureInfo.InvariantCulture, $"never reached: {claim.Kind} '{claim.Name}'\n");
        }
        return text.ToString();
    }
}
