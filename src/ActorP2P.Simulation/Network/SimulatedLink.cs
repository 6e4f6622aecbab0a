namespace ActorP2P.Simulation;

/// <summary>One direction between two hosts: when segments arrive, and which wait while nothing arrives.</summary>
internal sealed class SimulatedLink(SimulatedNetwork network, SimulatedHost source, SimulatedHost destination)
{
    // Linux's longest pause between two attempts, TCP_RTO_MAX.
    private static readonly TimeSpan LongestRetransmission = TimeSpan.FromSeconds(120);

    private readonly Queue<(SimulatedConnection From, SimulatedSegment Segment)> _parked = new();
    private LinkConditions? _conditions;
    private LinkConditions? _placed;
    private LinkConditions? _slowed;
    private Slowdown? _slowdown;
    private Random? _random;
    private TimeSpan _busyUntil;
    private TimeSpan _parkedSince;
    private bool _isResending;

    public SimulatedHost Source => source;

    public SimulatedHost Destination => destination;

    public bool IsCut { get; private set; }

    /// <summary>Whether nothing arrives: the link is cut, or the destination has no power.</summary>
    public bool IsDark => IsCut || destination.IsDown;

    public LinkConditions Conditions
    {
        get => _conditions ?? Slowed(_placed ??= network.Placed?.Invoke(source.Key, destination.Key));
        set => _conditions = value;
    }

    // Created when first needed: most links of a run draw no random numbers.
    private Random Random => _random ??= network.World.CreateRandom(source.Key, 0, $"link to {destination.Key}");

    public void Cut() => IsCut = true;

    /// <summary>
    /// Ends a cut. Waiting segments are sent again, after a pause as long as TCP's back-off may have become.
    /// </summary>
    public void Heal()
    {
        IsCut = false;
        Resume();
    }

    public void ResetConditions() => _conditions = null;

    /// <summary>Sends the waiting segments again after a pause, unless nothing arrives still.</summary>
    public void Resume()
    {
        if (IsDark || _parked.Count == 0 || _isResending)
        {
            return;
        }

        _isResending = true;
        TimeSpan dark = network.Now - _parkedSince;
        TimeSpan pause = Random.NextDouble() * (dark < LongestRetransmission ? dark : LongestRetransmission);
        network.World.Schedule(network.Now + pause, EventClass.Timer, source.Key, source.Key, Resend);
    }

    public bool Draw(double chance) => chance > 0 && Random.NextDouble() < chance;

    /// <summary>The time that a segment takes if it leaves now, behind everything else on the line.</summary>
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

    /// <summary>Sends a segment.</summary>
    /// <param name="from">The end that sends it; null when there is none, as for the reset of an unknown one.</param>
    /// <param name="segment">The segment.</param>
    public void Send(SimulatedConnection? from, in SimulatedSegment segment)
    {
        if (IsDark || from?.IsBlackholed == true)
        {
            Park(from, segment);
        }
        else if (segment.Kind == SimulatedSegmentKind.Data && Draw(Conditions.Resets))
        {
            network.CutBetween(from!);
        }
        else if (segment.Kind == SimulatedSegmentKind.Reset || from is null || from.Parked == 0)
        {
            Drop(from, segment);
            Transmit(from, segment);
        }
        else
        {
            // Behind what TCP sends again.
            Keep(from, segment);
        }
    }

    private LinkConditions Slowed(LinkConditions? placed)
    {
        LinkConditions usual = placed ?? network.Conditions;
        if ((source.Slowdown ?? destination.Slowdown) is not { } slowdown)
        {
            return usual;
        }

        if (_slowdown != slowdown)
        {
            _slowdown = slowdown;
            _slowed = slowdown.Apply(usual);
        }

        return _slowed!;
    }

    private void Resend()
    {
        _isResending = false;
        for (int count = IsDark ? 0 : _parked.Count; count > 0; count--)
        {
            (SimulatedConnection from, SimulatedSegment segment) = _parked.Dequeue();
            from.Parked--;

            // An end that has reset its connection, or has lost its host, sends nothing again.
            if (!from.HasReset && !from.IsOrphan)
            {
                Transmit(from, segment);
            }
        }
    }

    private void Transmit(SimulatedConnection? from, SimulatedSegment segment)
    {
        if (network.Lines is { } lines && from is not null)
        {
            int bytes = segment.Bytes is null ? 0 : segment.Count;
            lines.Send(from.Flow, bytes, () => Depart(from, segment));
        }
        else
        {
            Depart(from, segment);
        }
    }

    private void Depart(SimulatedConnection? from, in SimulatedSegment segment)
    {
        TimeSpan at = network.Now + Travel(segment.Bytes is null ? 0 : segment.Count);
        network.Deliver(from?.NextArrival(at) ?? at, this, segment);
    }

    private void Park(SimulatedConnection? from, in SimulatedSegment segment)
    {
        // Nothing ever arrives on a connection that the network has forgotten, so its segments are not kept. A
        // RST is sent once; an end that missed it learns of the reset when it sends something itself. An end that has
        // cut its connection sends nothing again that did not arrive.
        if (from is null || segment.Kind == SimulatedSegmentKind.Reset)
        {
            Drop(from, segment);
            return;
        }

        if (!from.IsBlackholed)
        {
            Keep(from, segment);
        }

        from.OnParked();
    }

    private void Keep(SimulatedConnection from, in SimulatedSegment segment)
    {
        _parkedSince = _parked.Count == 0 ? network.Now : _parkedSince;
        _parked.Enqueue((from, segment));
        from.Parked++;
    }

    /// <summary>A reset of an end ends what the end still wanted to send.</summary>
    private void Drop(SimulatedConnection? from, in SimulatedSegment segment)
    {
        if (segment.Kind != SimulatedSegmentKind.Reset || from is null || from.Parked == 0)
        {
            return;
        }

        from.Parked = 0;
        for (int left = _parked.Count; left > 0; left--)
        {
            (SimulatedConnection From, SimulatedSegment Segment) waiting = _parked.Dequeue();
            if (waiting.From != from)
            {
                _parked.Enqueue(waiting);
            }
        }
    }
}
