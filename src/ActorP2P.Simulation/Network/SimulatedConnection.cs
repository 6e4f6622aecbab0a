using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation;

/// <summary>
/// One end of a connection of the simulated network: TCP as its user sees it, with window, FIN, RST and silence. A
/// quiet connection holds no buffer.
/// </summary>
internal sealed partial class SimulatedConnection : IConnection
{
    // Linux gives up after 15 retransmissions (tcp_retries2); its documentation gives 924.6 s for them.
    internal static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(924.6);

    private readonly SimulatedLink _out;
    private readonly int _epoch;
    private FrameTap? _tap;
    private FrameTap? _incomingTap;
    private SharedFlow? _flow;
    private IConnectionSink? _sink;
    private TransportFault _fault;
    private TimeSpan _lastArrival;
    private TimeSpan? _darkSince;
    private long _acknowledged;
    private bool _closed;
    private bool _finSent;
    private bool _resetTold;

    private SimulatedConnection(
        SimulatedNetwork network, SimulatedLink outgoing, long end, PeerAddress local, PeerAddress remote, int window,
        int otherWindow)
    {
        Network = network;
        Number = end;
        LocalAddress = local;
        RemoteAddress = remote;
        _out = outgoing;
        _epoch = outgoing.Source.Epoch;
        _window = window;
        _otherWindow = otherWindow;
        _slowStart = outgoing.Conditions.SlowStart ? new SlowStart(window) : null;
        _tap = network.CreateTap(this);
        _incomingTap = network.CreateIncomingTap(this);
    }

    public SimulatedNetwork Network { get; }

    /// <summary>What this end sends over lines with a bandwidth.</summary>
    public SharedFlow Flow => _flow ??= new SharedFlow(_out.Source, _out.Destination);

    /// <summary>Unique among all ends. Half of it is the number of the connection.</summary>
    public long Number { get; }

    public bool IsInitiator => (Number & 1) == 0;

    public PeerAddress LocalAddress { get; }

    public PeerAddress RemoteAddress { get; }

    /// <summary>
    /// What the other end has read, as its windows told: a slow peer that reads is known from one that does not.
    /// </summary>
    public long? BytesAcknowledged => _acknowledged;

    public SimulatedHost Host => _out.Source;

    /// <summary>The host of the other end.</summary>
    public SimulatedHost OtherHost => _out.Destination;

    /// <summary>The segments of this end that its link keeps to send them again.</summary>
    public int Parked { get; set; }

    /// <summary>
    /// Whether the network has forgotten the connection: nothing arrives any more, and neither end is told.
    /// </summary>
    public bool IsBlackholed { get; set; }

    /// <summary>Whether the life of the host that owned this end is over.</summary>
    public bool IsOrphan => _epoch != Host.Epoch;

    private IConnectionSink Sink => _sink ?? throw new InvalidOperationException("The connection was not started.");

    /// <summary>Opens the dialler's end when its host has the answer, and tells the other host.</summary>
    public static SimulatedConnection Open(
        SimulatedNetwork network, SimulatedLink link, long number, PeerAddress local, PeerAddress remote,
        SimulatedConnect answer)
    {
        SimulatedConnect agreed = answer with { DiallerWindow = link.Conditions.WindowBytes };
        var dialled = new SimulatedConnection(
            network, link, 2 * number, local, remote, agreed.DiallerWindow, agreed.ListenerWindow);
        dialled.Host.Add(dialled);
        network.Tell(NetworkEventKind.Opened, dialled, "");
        dialled.Send(SimulatedSegmentKind.Open, connect: agreed);
        return dialled;
    }

    /// <summary>Opens the listener's end.</summary>
    public static SimulatedConnection Accept(
        SimulatedNetwork network, SimulatedLink link, long end, SimulatedConnect agreed)
    {
        var accepted = new SimulatedConnection(
            network, link, end, new PeerAddress(link.Source.Name, agreed.ToPort),
            new PeerAddress(link.Destination.Name, agreed.FromPort), agreed.ListenerWindow, agreed.DiallerWindow);
        accepted.Host.Add(accepted);
        network.Tell(NetworkEventKind.Accepted, accepted, "");
        return accepted;
    }

    public void Start(IConnectionSink sink)
    {
        ArgumentNullException.ThrowIfNull(sink);
        if (_sink is not null)
        {
            throw new InvalidOperationException("The connection was started before.");
        }

        _sink = sink;
    }

    /// <summary>Hands over what follows the frames, to a layer that encrypts them.</summary>
    public (FrameTap? Outgoing, FrameTap? Incoming) TakeTaps()
    {
        (FrameTap?, FrameTap?) taps = (_tap, _incomingTap);
        (_tap, _incomingTap) = (null, null);
        return taps;
    }

    public void ShutdownSend() => SendFin();

    public void Abort() => Close(abortive: true);

    public void Dispose() => Close(abortive: false);

    public void Post() => OnHost(static end => end.Sink.OnPosted());

    /// <summary>
    /// The arrival of the next segment. Segments of one connection stay in order, however long each takes.
    /// </summary>
    public TimeSpan NextArrival(TimeSpan wanted)
    {
        _lastArrival = wanted > _lastArrival ? wanted : _lastArrival;
        return _lastArrival;
    }

    /// <summary>A segment of this end could not leave: the kernel tries for a long time and then gives up.</summary>
    public void OnParked()
    {
        if (_darkSince is not null || _closed || IsOrphan)
        {
            return;
        }

        TimeSpan since = Network.Now;
        _darkSince = since;
        Network.World.Schedule(since + GiveUpAfter, EventClass.Timer, Host.Key, Host.Key, () =>
        {
            if (_darkSince == since && !_closed && !IsOrphan)
            {
                Network.Tell(NetworkEventKind.TimedOut, this, "");
                Fail(TransportFault.TimedOut);
            }
        });
    }

    public void Arrive(in SimulatedSegment segment)
    {
        _darkSince = null;
        if (segment.Kind == SimulatedSegmentKind.Unanswered)
        {
            OnParked();
        }
        else if (_closed && segment.Kind == SimulatedSegmentKind.Data)
        {
            // Nobody will read it, so TCP answers with a reset.
            SendReset("nobody knows the connection");
        }
        else if (!_closed && _fault == TransportFault.None)
        {
            // After a reset no data of the stream counts, because data that was lost with it would leave a gap.
            Take(segment);
        }
    }

    /// <summary>Whether this end has reset the connection. It sends nothing again then.</summary>
    public bool HasReset => _resetTold;

    /// <summary>Tells the other end that the connection is reset. Data on its way from here still arrives.</summary>
    public void SendReset(string detail)
    {
        if (!_resetTold)
        {
            _resetTold = true;
            Network.Tell(NetworkEventKind.Reset, this, detail);
        }

        Send(SimulatedSegmentKind.Reset);
    }

    private void Send(
        SimulatedSegmentKind kind, byte[]? bytes = null, int count = 0, SimulatedConnect? connect = null) =>
        _out.Send(this, new SimulatedSegment(Number ^ 1, kind, bytes, count, connect));

    /// <summary>Continues a receive that waited until the host reads again.</summary>
    public void Wake() => OnHost(static end => end.CompleteReceive());

    private void Take(in SimulatedSegment segment)
    {
        switch (segment.Kind)
        {
            case SimulatedSegmentKind.Data:
                _incomingTap?.Add(segment.Bytes.AsSpan(0, segment.Count));
                Acknowledge(segment.Count);
                _arrived.Enqueue(new ArraySegment<byte>(segment.Bytes!, 0, segment.Count));
                CompleteReceive();
                break;
            case SimulatedSegmentKind.Window:
                _window += segment.Count;
                _acknowledged += segment.Count;
                CompleteSend();
                break;
            case SimulatedSegmentKind.Ack:
                _slowStart?.Acknowledge(segment.Count);
                CompleteSend();
                break;
            case SimulatedSegmentKind.Fin:
                _fin = true;
                CompleteReceive();
                break;
            default:
                Fail(TransportFault.Reset);
                break;
        }
    }

    private void Fail(TransportFault fault)
    {
        _fault = fault;
        bool sending = _sending is not null;
        _sending = null;
        CompleteReceive();
        if (sending)
        {
            Sink.OnSent(Failed());
        }
    }

    private void Close(bool abortive)
    {
        if (_closed || IsOrphan)
        {
            return;
        }

        // As in TCP, closing with unread or unsent bytes resets the connection.
        if (_fault == TransportFault.None && (abortive || _arrived.Count > 0 || _sending is not null))
        {
            SendReset("aborted");
        }
        else
        {
            SendFin();
        }

        _closed = true;
        Host.Remove(this);
        _arrived.Clear();
        if (_receiving)
        {
            OnHost(static end => end.Sink.OnReceived(Aborted()));
        }

        if (_sending is not null)
        {
            OnHost(static end => end.Sink.OnSent(Aborted()));
        }

        _receiving = false;
        _sending = null;
    }

    private void SendFin()
    {
        if (!_finSent && !_closed && !IsOrphan && _fault == TransportFault.None)
        {
            _finSent = true;
            Network.Tell(NetworkEventKind.Finished, this, "");
            Send(SimulatedSegmentKind.Fin);
        }
    }

    private void OnHost(Action<SimulatedConnection> action) => Host.Context.Post(
        _ =>
        {
            if (!IsOrphan)
            {
                action(this);
            }
        },
        null);

    private OperationResult Failed() => OperationResult.Failed(
        _fault,
        _fault == TransportFault.Reset ? "the peer cut the connection" : "nothing was acknowledged for too long");

    private static OperationResult Aborted() => OperationResult.Failed(TransportFault.Aborted, "closed by this side");
}
