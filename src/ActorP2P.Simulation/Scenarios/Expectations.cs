using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The limits of a scenario's figures; null for no limit.</summary>
public sealed record Expectations
{
    /// <summary>The least share of the possible deliveries of all broadcasts that must happen: 0 to 1.</summary>
    public double? Reach { get; init; }

    /// <summary>The longest time that 99 of 100 deliveries may take.</summary>
    public TimeSpan? DeliveryP99 { get; init; }

    /// <summary>The longest time that any delivery may take.</summary>
    public TimeSpan? DeliveryMax { get; init; }

    /// <summary>The most copies of a broadcast that a node may receive on average.</summary>
    public double? Copies { get; init; }

    /// <summary>The least share of the traffic's asks that must be answered: 0 to 1.</summary>
    public double? Answered { get; init; }

    /// <summary>
    /// Reasons for each of which at least one connection must have ended, so that a fault really happened.
    /// </summary>
    public IReadOnlyList<DisconnectReason> Reasons { get; init; } = [];

    /// <summary>The expectations that are not met, as texts; empty when all are met.</summary>
    internal IEnumerable<string> Missed(ScenarioResult result)
    {
        if (Reach > result.Reach)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"reach is {result.Reach:P2}, expected {Reach:P2} or more");
        }

        if (DeliveryP99 < result.DeliveryP99)
        {
            yield return $"delivery-p99 is {result.DeliveryP99:c}, expected {DeliveryP99:c} or less";
        }

        if (DeliveryMax < result.DeliveryMax)
        {
            yield return $"delivery-max is {result.DeliveryMax:c}, expected {DeliveryMax:c} or less";
        }

        if (Copies < result.Copies)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"copies are {result.Copies:0.00}, expected {Copies:0.00} or less");
        }

        if (Answered > result.Answered)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture, $"answered is {result.Answered:P2}, expected {Answered:P2} or more");
        }

        foreach (DisconnectReason reason in Reasons)
        {
            if (!result.Reasons.ContainsKey(reason.ToString()))
            {
                yield return $"no connection ended with {reason}, expected at least one";
            }
        }
    }
}
