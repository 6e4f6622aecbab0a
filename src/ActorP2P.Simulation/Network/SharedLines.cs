namespace ActorP2P.Simulation;

/// <summary>
/// The lines of hosts to the network, each of which has a bandwidth up and one down. All connections that send share
/// them max-min fairly.
/// </summary>
internal sealed class SharedLines(SimulatedNetwork network, Func<int, HostLine> lineOf)
{
    // The shares are made anew at most this often. What begins in between waits as long, and no line is ever used
    // beyond its bandwidth.
    private static readonly TimeSpan s_quantum = TimeSpan.FromMicroseconds(100);

    private readonly List<SharedFlow> _active = [];
    private TimeSpan _shared = TimeSpan.MinValue;
    private bool _isPlanned;

    /// <summary>Sends a segment when the lines allow it.</summary>
    /// <param name="flow">The direction of a connection that it belongs to.</param>
    /// <param name="bytes">Its bytes; 0 when it uses no bandwidth and only keeps its place.</param>
    /// <param name="depart">Called when it has left.</param>
    public void Send(SharedFlow flow, int bytes, Action depart)
    {
        if (bytes == 0 && flow.IsEmpty)
        {
            depart();
            return;
        }

        bool isNew = flow.IsEmpty;
        flow.Add(bytes, depart);
        if (isNew)
        {
            _active.Add(flow);
            PlanShares();
        }
    }

    private void PlanShares()
    {
        if (_isPlanned)
        {
            return;
        }

        _isPlanned = true;
        TimeSpan now = network.Now;
        TimeSpan earliest = _shared == TimeSpan.MinValue ? now : _shared + s_quantum;
        Schedule(earliest > now ? earliest : now, Share);
    }

    private void Share()
    {
        _isPlanned = false;
        _shared = network.Now;
        int[] first = new int[_active.Count];
        int[] second = new int[_active.Count];
        Dictionary<(int Host, bool IsUp), int> numbers = [];
        List<double> capacities = [];
        for (int flow = 0; flow < _active.Count; flow++)
        {
            first[flow] = Number(_active[flow].Source.Key, isUp: true);
            second[flow] = Number(_active[flow].Destination.Key, isUp: false);
        }

        double[] rates = MaxMinShares.Of(first, second, capacities.ToArray());
        for (int flow = 0; flow < rates.Length; flow++)
        {
            SharedFlow changed = _active[flow];
            if (changed.Change(rates[flow], network.Now) is { } at)
            {
                Plan(changed, at);
            }
        }

        int Number(int host, bool isUp)
        {
            if (!numbers.TryGetValue((host, isUp), out int number))
            {
                number = capacities.Count;
                numbers.Add((host, isUp), number);
                HostLine line = lineOf(host);
                capacities.Add((isUp ? line.Up : line.Down) ?? double.PositiveInfinity);
            }

            return number;
        }
    }

    private void Plan(SharedFlow flow, TimeSpan at)
    {
        int version = flow.Version;
        Schedule(at, () =>
        {
            if (flow.Version != version)
            {
                return;
            }

            if (flow.Depart(network.Now) is { } next)
            {
                Plan(flow, next);
            }
            else
            {
                _active.Remove(flow);
                PlanShares();
            }
        });
    }

    private void Schedule(TimeSpan at, Action what) => network.World.Schedule(
        at, EventClass.Timeline, SimulatedWorld.DriverNode, SimulatedWorld.DriverNode, what);
}
