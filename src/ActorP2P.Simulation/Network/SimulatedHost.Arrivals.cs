using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <content>The segments that arrive here, by the numbers of the ends that they go to.</content>
internal sealed partial class SimulatedHost
{
    // Each host numbers the connections that it dials, so that a number does not depend on what other hosts do.
    private const int KeyBits = 20;

    private static readonly TimeSpan LongestRetransmission = TimeSpan.FromSeconds(120);

    private readonly Dictionary<long, SimulatedDial> _dials = [];
    private readonly Dictionary<long, SimulatedConnection> _closed = [];
    private readonly Queue<(TimeSpan At, long Number)> _closings = new();
    private readonly Queue<(SimulatedHost Source, SimulatedSegment Segment)> _parked = new();
    private TimeSpan _downSince;
    private long _connectionCount;
    private Random? _random;

    public long NextConnection() => (++_connectionCount << KeyBits) | (uint)key;

    public void Add(SimulatedDial dial) => _dials.Add(dial.Number, dial);

    public void Remove(SimulatedDial dial) => _dials.Remove(dial.Number);

    /// <summary>
    /// An end was closed. The kernel still knows it for as long as the other one may send something again.
    /// </summary>
    public void Remove(SimulatedConnection connection)
    {
        if (!_connections.Remove(connection.Number))
        {
            return;
        }

        while (_closings.TryPeek(out (TimeSpan At, long Number) old)
            && network.Now - old.At > SimulatedConnection.GiveUpAfter)
        {
            _closed.Remove(_closings.Dequeue().Number);
        }

        _closed.Add(connection.Number, connection);
        _closings.Enqueue((network.Now, connection.Number));
    }

    /// <summary>A segment has arrived from another host.</summary>
    public void Arrive(SimulatedHost source, in SimulatedSegment segment)
    {
        if (IsDown)
        {
            Park(source, segment);
            return;
        }

        switch (segment.Kind)
        {
            case SimulatedSegmentKind.Dial:
                Answer(source, segment);
                break;
            case SimulatedSegmentKind.Answer:
                _dials.GetValueOrDefault(segment.To / 2)?.Answer(source, segment.Connect!);
                break;
            case SimulatedSegmentKind.Open:
                Accept(source, segment);
                break;
            default:
                if ((_connections.GetValueOrDefault(segment.To) ?? _closed.GetValueOrDefault(segment.To)) is { } end)
                {
                    end.Arrive(segment);
                }
                else
                {
                    Refuse(source, segment, "nobody knows the connection");
                }

                break;
        }
    }

    /// <summary>
    /// The host has power again. Segments that others still send to it arrive after a pause as long as TCP's back-off
    /// may have become, at a kernel without connections.
    /// </summary>
    public void PowerOn()
    {
        IsDown = false;
        if (_parked.Count == 0)
        {
            return;
        }

        TimeSpan dark = network.Now - _downSince;
        _random ??= network.World.CreateRandom(key, 0, "power");
        TimeSpan pause = _random.NextDouble() * (dark < LongestRetransmission ? dark : LongestRetransmission);
        network.World.Schedule(network.Now + pause, EventClass.Timer, key, key, () =>
        {
            for (int count = _parked.Count; count > 0; count--)
            {
                (SimulatedHost source, SimulatedSegment segment) = _parked.Dequeue();
                Arrive(source, segment);
            }
        });
    }

    private void Forget()
    {
        _dials.Clear();
        _closed.Clear();
        _closings.Clear();
        _downSince = network.Now;
    }

    private void Answer(SimulatedHost source, in SimulatedSegment segment)
    {
        SimulatedLink back = LinkTo(source);
        if (back.IsDark)
        {
            return;
        }

        SimulatedConnect asked = segment.Connect!;
        bool isTaken = Find(asked.ToPort) is not null && !back.Draw(back.Conditions.Refusals);
        SimulatedConnect answer = asked with
        {
            IsTaken = isTaken, Epoch = Epoch, ListenerWindow = back.Conditions.WindowBytes,
        };
        network.Deliver(network.Now + back.Travel(0), back, new SimulatedSegment(
            segment.From, SimulatedSegmentKind.Answer, Connect: answer));
    }

    private void Accept(SimulatedHost source, in SimulatedSegment segment)
    {
        SimulatedConnect connect = segment.Connect!;
        if (connect.Epoch != Epoch)
        {
            Refuse(source, segment, "nobody knows the connection");
        }
        else if (Find(connect.ToPort) is { } listener)
        {
            listener.Accept(SimulatedConnection.Accept(network, LinkTo(source), segment.To, connect));
        }
        else
        {
            Refuse(source, segment, "nobody listens any more");
        }
    }

    /// <summary>TCP answers what it does not know with a reset, but never a reset.</summary>
    private void Refuse(SimulatedHost source, in SimulatedSegment segment, string detail)
    {
        if (segment.Kind is not (SimulatedSegmentKind.Reset or SimulatedSegmentKind.Unanswered))
        {
            network.Tell(NetworkEventKind.Reset, segment.To / 2, name, source.Name, detail);
            LinkTo(source).Send(null, new SimulatedSegment(segment.From, SimulatedSegmentKind.Reset));
        }
    }

    private void Park(SimulatedHost source, in SimulatedSegment segment)
    {
        if (segment.Kind == SimulatedSegmentKind.Reset)
        {
            // A reset is sent once, and its sender sends nothing again that did not arrive.
            long to = segment.To;
            for (int left = _parked.Count; left > 0; left--)
            {
                (SimulatedHost Source, SimulatedSegment Segment) waiting = _parked.Dequeue();
                if (waiting.Segment.To != to)
                {
                    _parked.Enqueue(waiting);
                }
            }
        }
        else if (segment.Kind is not (SimulatedSegmentKind.Dial or SimulatedSegmentKind.Answer
            or SimulatedSegmentKind.Unanswered))
        {
            _parked.Enqueue((source, segment));
            SimulatedLink back = LinkTo(source);
            network.Deliver(network.Now + back.Conditions.Latency, back, new SimulatedSegment(
                segment.From, SimulatedSegmentKind.Unanswered));
        }
    }
}
