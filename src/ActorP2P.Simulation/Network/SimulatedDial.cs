using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>
/// One connect: a packet and its answer, repeated while there is no answer. It calls the sink once.
/// </summary>
internal sealed class SimulatedDial(
    SimulatedNetwork network, SimulatedHost host, PeerAddress to, IDialSink sink) : IDisposable
{
    // Linux sends the first packet of a connect again after a second and doubles that pause each time
    // (TCP_TIMEOUT_INIT).
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);

    private readonly int _epoch = host.Epoch;
    private readonly PeerAddress _from = new(host.Name, host.FreePort());
    private TimeSpan _deadline;
    private bool _ended;

    private bool IsOver => _ended || _epoch != host.Epoch;

    /// <summary>Abandons the dial. It has no effect on a dial that has ended.</summary>
    public void Dispose()
    {
        if (!IsOver)
        {
            host.Context.Post(_ => Fail(TransportFault.Aborted, "the dial was abandoned"), null);
        }
    }

    public void Start(TimeSpan timeout)
    {
        _deadline = network.Now + timeout;
        network.Tell(NetworkEventKind.Dialled, 0, host.Name, to.Host, "");
        network.World.Schedule(_deadline, EventClass.Timer, host.Key, host.Key,
            () => Fail(TransportFault.TimedOut, $"no answer from {to} in time"));
        if (network.FindHost(to.Host) is { } target)
        {
            Attempt(network.Link(host, target), FirstRetry);
        }
        else
        {
            // A resolver's answer takes time too.
            network.World.Schedule(network.Now + network.Conditions.Latency, EventClass.Frame, host.Key, host.Key,
                () => Fail(TransportFault.NameNotResolved, to.Host));
        }
    }

    private void Attempt(SimulatedLink link, TimeSpan retry)
    {
        if (IsOver)
        {
            return;
        }

        if (!link.IsDark)
        {
            network.World.Schedule(network.Now + link.Travel(0), EventClass.Frame, link.Destination.Key, host.Key,
                () => Arrive(link));
        }

        if (network.Now + retry < _deadline)
        {
            network.World.Schedule(
                network.Now + retry, EventClass.Timer, host.Key, host.Key, () => Attempt(link, retry * 2));
        }
    }

    /// <summary>The packet has arrived at the listener's host.</summary>
    private void Arrive(SimulatedLink link)
    {
        SimulatedLink back = network.Link(link.Destination, host);
        if (link.Destination.IsDown || back.IsDark)
        {
            return;
        }

        int epoch = link.Destination.Epoch;
        bool taken = link.Destination.Find(to.Port) is not null && !back.Draw(back.Conditions.Refusals);
        network.World.Schedule(network.Now + back.Travel(0), EventClass.Frame, host.Key, link.Destination.Key,
            () => Answer(link, taken, epoch));
    }

    private void Answer(SimulatedLink link, bool taken, int epoch)
    {
        if (IsOver || host.IsDown)
        {
            return;
        }

        if (!taken)
        {
            Fail(TransportFault.Refused, $"nobody listens at {to}");
            return;
        }

        _ended = true;
        sink.OnDialled(SimulatedConnection.Open(network, link, epoch, _from, to));
    }

    private void Fail(TransportFault fault, string detail)
    {
        if (IsOver)
        {
            return;
        }

        _ended = true;
        NetworkEventKind kind = fault == TransportFault.Refused
            ? NetworkEventKind.Refused
            : NetworkEventKind.Unanswered;
        network.Tell(kind, 0, host.Name, to.Host, fault.ToString());
        sink.OnDialFailed(new TransportError(fault, detail));
    }
}
