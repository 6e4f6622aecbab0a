namespace ActorP2P.Simulation;

/// <summary>
/// The segments of one direction of a connection that wait for the lines of its two hosts, first in, first out.
/// </summary>
internal sealed class SharedFlow(SimulatedHost source, SimulatedHost destination)
{
    private readonly Queue<Waiting> _waiting = new();

    public SimulatedHost Source => source;

    public SimulatedHost Destination => destination;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>The bytes per second that the flow has now.</summary>
    public double Rate { get; private set; }

    /// <summary>Changes with each plan, so that an earlier plan is known to be void.</summary>
    public int Version { get; private set; }

    private double Left { get; set; }

    private TimeSpan Since { get; set; }

    public void Add(double bytes, Action depart)
    {
        if (IsEmpty)
        {
            Left = bytes;
        }

        _waiting.Enqueue(new Waiting(bytes, depart));
    }

    /// <summary>Begins with another rate.</summary>
    /// <returns>When the first segment leaves; null when the rate is as before.</returns>
    public TimeSpan? Change(double rate, TimeSpan now)
    {
        if (rate == Rate)
        {
            return null;
        }

        Left = double.IsPositiveInfinity(Rate) ? 0 : Math.Max(0, Left - (Rate * (now - Since).TotalSeconds));
        Rate = rate;
        Since = now;
        return Plan(now);
    }

    /// <summary>The first segment leaves.</summary>
    /// <returns>When the next one leaves; null when there is none.</returns>
    public TimeSpan? Depart(TimeSpan now)
    {
        _waiting.Dequeue().Depart();
        Since = now;
        if (!_waiting.TryPeek(out Waiting next))
        {
            Rate = 0;
            Version++;
            return null;
        }

        Left = next.Bytes;
        return Plan(now);
    }

    private TimeSpan Plan(TimeSpan now)
    {
        Version++;
        double seconds = Left <= 0 ? 0 : Left / Rate;
        return seconds < TimeSpan.MaxValue.TotalSeconds / 2
            ? now + new TimeSpan((long)Math.Ceiling(seconds * TimeSpan.TicksPerSecond))
            : TimeSpan.MaxValue;
    }

    private readonly record struct Waiting(double Bytes, Action Depart);
}
