namespace ActorP2P.Simulation;

/// <summary>One direction between two hosts: when segments arrive, and which wait while nothing arrives.</summary>
internal sealed class SimulatedLink(SimulatedNetwork network, SimulatedHost source, SimulatedHost destination)
{
    // Linux's longest pause between two attempts, TCP_RTO_MAX.
    private static readonly TimeSpan LongestRetransmission = TimeSpan.FromSeconds(120);

    private readonly Queue<SimulatedSegment> _parked = new();
    private LinkConditions? _conditions;
    private LinkConditions? _placed;
    private LinkConditions? _slowed;
    private Slowdown? _slowdown;
    private Random? _random;
    private TimeSpan _busyUntil;
    private TimeSpan _parkedSince;

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

    /// <summary>Sends the waiting segments again, unless nothing arrives still.</summary>
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

    private void Transmit(SimulatedSegment segment, TimeSpan pause)
    {
        if (network.Lines is { } lines)
        {
            int bytes = segment.Bytes is null ? 0 : segment.Count;
            lines.Send(segment.To.Peer.Flow, bytes, () => Depart(segment, pause));
        }
        else
        {
            Depart(segment, pause);
        }
    }

    private void Depart(SimulatedSegment segment, TimeSpan pause)
    {
        TimeSpan at = segment.To.NextArrival(network.Now + pause + Travel(segment.Bytes is null ? 0 : segment.Count));
        network.World.Schedule(at, EventClass.Frame, destination.Key, source.Key, () =>
        {
            // A segment that is sent again is lost if its sender has reset the connection before that, and TCP delivers
            // nothing that comes behind a segment which is missing.
            bool isLost = segment.Kind is SimulatedSegmentKind.Data or SimulatedSegmentKind.Fin
                && (segment.To.HasGap || (pause > TimeSpan.Zero && segment.To.Peer.HasReset));
            segment.To.HasGap |= isLost;
            if (!isLost)
            {
                Arrive(segment);
            }
        });
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
        // Nothing ever arrives on a connection that the network has forgotten, so its segments are not kept. A
        // RST is sent once; an end that missed it learns of the reset when it sends something itself. An end that has
        // cut its connection sends nothing again that did not arrive.
        if (segment.Kind == SimulatedSegmentKind.Reset)
        {
            SimulatedConnection to = segment.To;
            for (int left = _parked.Count; left > 0; left--)
            {
                SimulatedSegment waiting = _parked.Dequeue();
                if (waiting.To != to)
                {
                    _parked.Enqueue(waiting);
                }
            }

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
