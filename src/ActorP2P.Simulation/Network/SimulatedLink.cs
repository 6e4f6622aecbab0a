namespace ActorP2P.Simulation;

/// <summary>One direction between two hosts: when what is sent arrives, and what waits while nothing does.</summary>
internal sealed class SimulatedLink(SimulatedNetwork network, SimulatedHost source, SimulatedHost destination)
{
    // Linux's longest pause between two attempts, TCP_RTO_MAX.
    private static readonly TimeSpan LongestRetransmission = TimeSpan.FromSeconds(120);

    private readonly Queue<SimulatedSegment> _parked = new();
    private LinkConditions? _conditions;
    private Random? _random;
    private TimeSpan _busyUntil;
    private TimeSpan _parkedSince;

    public SimulatedHost Source => source;

    public SimulatedHost Destination => destination;

    public bool IsCut { get; private set; }

    /// <summary>Whether nothing arrives: the link is cut, or nobody is there.</summary>
    public bool IsDark => IsCut || destination.IsDown;

    public LinkConditions Conditions
    {
        get => _conditions ?? network.Conditions;
        set => _conditions = value;
    }

    // Made when first drawn from: most links of a run need no chance at all.
    private Random Random => _random ??= network.World.CreateRandom(source.Key, 0, $"link to {destination.Key}");

    public void Cut() => IsCut = true;

    /// <summary>Ends a cut; what waited is sent again, after as long a pause as TCP's back-off may have reached by now.</summary>
    public void Heal()
    {
        IsCut = false;
        Resume();
    }

    public void ResetConditions() => _conditions = null;

    /// <summary>Sends again what waits, unless nothing arrives still.</summary>
    public void Resume()
    {
        if (IsDark || _parked.Count == 0)
        {
            return;
        }

        TimeSpan dark = network.Now - _parkedSince;
        TimeSpan pause = Random.NextDouble() * (dark < LongestRetransmission ? dark : LongestRetransmission);
        for (int count = _parked.Count; count > 0; count--)
        {
            Transmit(_parked.Dequeue(), pause);
        }
    }

    public bool Draw(double chance) => chance > 0 && Random.NextDouble() < chance;

    /// <summary>The time a segment takes that leaves now, behind whatever else is on the line.</summary>
    public TimeSpan Travel(int bytes)
    {
        LinkConditions conditions = Conditions;
        TimeSpan departure = network.Now;
        if (conditions.BytesPerSecond is { } rate)
        {
            TimeSpan begin = _busyUntil > departure ? _busyUntil : departure;
            departure = begin + TimeSpan.FromSeconds((double)bytes / rate);
            _busyUntil = departure;
        }

        TimeSpan travel = departure - network.Now + conditions.Latency;
        if (conditions.Jitter > TimeSpan.Zero)
        {
            travel += Random.NextDouble() * conditions.Jitter;
        }

        TimeSpan pause = conditions.RetransmitAfter;
        while (Draw(conditions.Loss) && pause < LongestRetransmission)
        {
            travel += pause;
            pause *= 2;
        }

        return travel;
    }

    /// <summary>Puts a segment on the line.</summary>
    public void Send(in SimulatedSegment segment)
    {
        if (IsDark || segment.To.IsBlackholed)
        {
            Park(segment);
        }
        else if (segment.Kind == SimulatedSegmentKind.Data && Draw(Conditions.Resets))
        {
            segment.To.Network.ResetBetween(segment.To);
        }
        else
        {
            Transmit(segment, TimeSpan.Zero);
        }
    }

    private void Transmit(SimulatedSegment segment, TimeSpan pause)
    {
        TimeSpan at = segment.To.NextArrival(network.Now + pause + Travel(segment.Bytes is null ? 0 : segment.Count));
        network.World.Schedule(at, EventClass.Frame, destination.Key, source.Key, () => Arrive(segment));
    }

    private void Arrive(in SimulatedSegment segment)
    {
        if (destination.IsDown)
        {
            Park(segment);
        }
        else
        {
            segment.To.Arrive(segment);
        }
    }

    private void Park(in SimulatedSegment segment)
    {
        // A connection nobody remembers gets nothing through, ever; its bytes need no place. A RST is sent once: who missed
        // it learns when it sends something itself.
        if (segment.Kind == SimulatedSegmentKind.Reset)
        {
            return;
        }

        if (!segment.To.IsBlackholed)
        {
            _parkedSince = _parked.Count == 0 ? network.Now : _parkedSince;
            _parked.Enqueue(segment);
        }

        segment.To.Peer.OnParked();
    }
}
