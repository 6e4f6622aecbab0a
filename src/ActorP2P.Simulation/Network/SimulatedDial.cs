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

    /// <summary>The number of the connection that it makes.</summary>
    public long Number { get; } = host.NextConnection();

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
        host.Add(this);
        network.Tell(NetworkEventKind.Dialled, 0, host.Name, to.Host, "");
        network.World.Schedule(_deadline, EventClass.Timer, host.Key, host.Key,
            () => Fail(TransportFault.TimedOut, $"no answer from {to} in time"));
        if (network.FindHost(to.Host) is { } target)
        {
            Attempt(host.LinkTo(target), FirstRetry);
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
            network.Deliver(network.Now + link.Travel(0), link, new SimulatedSegment(
                (2 * Number) + 1, SimulatedSegmentKind.Dial, Connect: new SimulatedConnect(_from.Port, to.Port)));
        }

        if (network.Now + retry < _deadline)
        {
            network.World.Schedule(
                network.Now + retry, EventClass.Timer, host.Key, host.Key, () => Attempt(link, retry * 2));
        }
    }

    /// <summary>The answer has arrived.</summary>
    public void Answer(SimulatedHost from, SimulatedConnect connect)
    {
        if (IsOver)
        {
            return;
        }

        if (!connect.IsTaken)
        {
            Fail(TransportFault.Refused, $"nobody listens at {to}");
            return;
        }

        End();
        sink.OnDialled(SimulatedConnection.Open(network, host.LinkTo(from), Number, _from, to, connect));
    }

    private void Fail(TransportFault fault, string detail)
    {
        if (IsOver)
        {
            return;
        }

        End();
        NetworkEventKind kind = fault == TransportFault.Refused
            ? NetworkEventKind.Refused
            : NetworkEventKind.Unanswered;
        network.Tell(kind, 0, host.Name, to.Host, fault.ToString());
        sink.OnDialFailed(new TransportError(fault, detail));
    }

    private void End()
    {
        _ended = true;
        host.Remove(this);
    }
}
