using System.Collections.Immutable;
using System.Diagnostics.Metrics;

namespace ActorP2P;

/// <summary>
/// The instruments of one meter. Most read figures that the nodes keep anyway, when a listener asks for them; the
/// others are recorded when something ends. <c>docs/observability.md</c> lists them.
/// </summary>
internal sealed class NodeMeter
{
    public const string NodeTag = "actorp2p.node";
    public const string DirectionTag = "actorp2p.connection.direction";
    public const string ReasonTag = "actorp2p.disconnect.reason";
    public const string ErrorTag = "error.type";
    public const string KindTag = "actorp2p.message.kind";

    private readonly Meter _meter;

    // A node is removed when it stops. The reference is weak, so that a node that is abandoned without a stop, as by a
    // crash in a simulation, can be collected.
    private ImmutableArray<WeakReference<NodeMetrics>> _nodes = [];

    public NodeMeter(Meter meter)
    {
        _meter = meter;
        ConnectionDuration = Histogram(
            "actorp2p.connection.duration", "How long connections lasted, from ready to their end.",
            [0.1, 1, 10, 60, 600, 3600, 6 * 3600, 24 * 3600]);
        AskDuration = Histogram(
            "actorp2p.ask.duration", "How long asks took, from the call to the answer or the failure.",
            [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]);
        HandlerDuration = Histogram("actorp2p.handler.duration", "How long handlers took, from the call to their end.",
            [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]);
        RoundTrip = Histogram(
            "actorp2p.connection.round_trip", "Round trips to peers, measured by the handshake and by pings.",
            [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]);
        Refusals = Counter(
            "actorp2p.connection.refused", "{connection}", "Connections that ended before they were ready.");
        DialFailures = Counter("actorp2p.dial.failures", "{attempt}", "Dials that led to no connection.");
        HandlerFailures = Counter("actorp2p.handler.failures", "{call}", "Calls of handlers that threw.");
        PenaltyPoints = Counter("actorp2p.peer.penalties", "{point}", "Penalty points charged to addresses.");
        CreateConnectionInstruments();
        CreateBroadcastInstruments();
        CreateMessageInstruments();
        CreateMemoryInstruments();
    }

    public Histogram<double> ConnectionDuration { get; }

    public Histogram<double> AskDuration { get; }

    public Histogram<double> HandlerDuration { get; }

    public Histogram<double> RoundTrip { get; }

    public Counter<long> Refusals { get; }

    public Counter<long> DialFailures { get; }

    public Counter<long> HandlerFailures { get; }

    public Counter<long> PenaltyPoints { get; }

    /// <summary>
    /// The options to make a meter with. Each meter needs its own, because a meter factory changes them.
    /// </summary>
    public static MeterOptions Options() =>
        new("ActorP2P") { Version = typeof(NodeMeter).Assembly.GetName().Version?.ToString(3) };

    /// <summary>Adds a node to the report.</summary>
    public void Add(NodeMetrics node) => ImmutableInterlocked.Update(
        ref _nodes,
        static (nodes, added) => [.. nodes.Where(static entry => entry.TryGetTarget(out _)), new(added)],
        node);

    /// <summary>Removes a node from the report and keeps no reference to it.</summary>
    public void Remove(NodeMetrics node) => ImmutableInterlocked.Update(
        ref _nodes,
        static (nodes, removed) =>
            nodes.RemoveAll(entry => !entry.TryGetTarget(out NodeMetrics? left) || left == removed),
        node);

    private void CreateConnectionInstruments()
    {
        Level("actorp2p.connection.count", "{connection}", "Connections that are ready.", DirectionTag,
            new Figure("inbound", static node => node.CountPeers(isOutbound: false)),
            new Figure("outbound", static node => node.CountPeers(isOutbound: true)));
        Total("actorp2p.network.io", "By", "Bytes over all connections.", "network.io.direction",
            new Figure("receive", static node => node.Statistics.BytesReceived),
            new Figure("transmit", static node => node.Statistics.BytesSent));
        Total("actorp2p.network.frame.count", "{frame}", "Frames over all connections.", "network.io.direction",
            new Figure("receive", static node => node.Statistics.FramesReceived),
            new Figure("transmit", static node => node.Statistics.FramesSent));
        Level("actorp2p.peer.limited", "{connection}", "Connections that are slowed down by their rates.", null,
            new Figure("", static node => node.Statistics.LimitedPeers));
        Level("actorp2p.send_queue.size", "By", "Bytes that wait to be sent to ready peers.", "actorp2p.lane",
            new Figure("high", static node => node.SumPeers(static peer => peer.QueuedHigh)),
            new Figure("normal", static node => node.SumPeers(static peer => peer.QueuedNormal)),
            new Figure("bulk", static node => node.SumPeers(static peer => peer.QueuedBulk)));
    }

    private void CreateBroadcastInstruments()
    {
        Total("actorp2p.broadcast.received", "{broadcast}", "Broadcasts received, including the node's own.",
            "actorp2p.broadcast.outcome",
            new Figure("new", static node => node.Statistics.BroadcastsReceived),
            new Figure("duplicate", static node => node.Statistics.DuplicateBroadcasts));
        Total("actorp2p.broadcast.dropped", "{broadcast}",
            "Broadcasts not sent to a peer; each counts once for each such peer.",
            "actorp2p.broadcast.outcome",
            new Figure("no_room", static node => node.Statistics.DroppedBroadcasts),
            new Figure("too_long", static node => node.Statistics.BroadcastsTooLong),
            new Figure("unwanted", static node => node.Statistics.UnwantedBroadcasts));
        Total("actorp2p.broadcast.recovery", "{broadcast}",
            "Dropped broadcasts that are sent to their peer later, by step.",
            "actorp2p.broadcast.step",
            new Figure("announced", static node => node.Statistics.AnnouncedBroadcasts),
            new Figure("resent", static node => node.Statistics.ResentBroadcasts),
            new Figure("asked", static node => node.Statistics.AskedBroadcasts),
            new Figure("recovered", static node => node.Statistics.RecoveredBroadcasts));
    }

    private void CreateMessageInstruments()
    {
        Level("actorp2p.ask.active", "{ask}", "Asks that wait for their answer.", null,
            new Figure("", static node => node.OpenAsks));
        Total("actorp2p.ask.unexpected_responses", "{response}", "Responses to no open ask.", null,
            new Figure("", static node => node.Statistics.UnexpectedResponses));
        Total("actorp2p.message.expired", "{message}",
            "Messages that expired before they were sent or handled.", null,
            new Figure("", static node => node.Statistics.ExpiredMessages));
        Total("actorp2p.message.not_allowed", "{message}",
            "Messages of peers that may not use the messages' service.", null,
            new Figure("", static node => node.Statistics.MessagesNotAllowed));
        Total("actorp2p.message.stalled", "{message}",
            "Fragmented messages that were given up because no further fragment arrived.", null,
            new Figure("", static node => node.Statistics.MessagesStalled));
    }

    private void CreateMemoryInstruments()
    {
        Level("actorp2p.memory.usage", "By", "Bytes that the node holds for its peers.", null,
            new Figure("", static node => node.Statistics.HeldBytes));
        Level("actorp2p.memory.limit", "By", "Bytes that the node may hold for its peers: its memory budget.", null,
            new Figure("", static node => node.Statistics.MemoryBudget));
        Level("actorp2p.memory.reassembly", "By", "Bytes reserved for messages that arrive in fragments.", null,
            new Figure("", static node => node.Statistics.ReassemblyBytes));
        Level("actorp2p.memory.windows", "By", "Bytes by which credit windows exceed their initial size.", null,
            new Figure("", static node => node.Statistics.WindowBytes));
        Level("actorp2p.memory.kept_broadcasts", "By", "Bytes of dropped broadcasts kept for peers to ask for.", null,
            new Figure("", static node => node.Statistics.KeptBytes));
        Total("actorp2p.memory.relief", "{action}", "What the node did because its memory was short.",
            "actorp2p.memory.action",
            new Figure("message_refused", static node => node.Statistics.MessagesRefused),
            new Figure("broadcast_dropped", static node => node.Statistics.BroadcastsDroppedForMemory),
            new Figure("peer_closed", static node => node.Statistics.PeersClosedForMemory));
    }

    private Histogram<double> Histogram(string name, string description, double[] boundaries) => _meter.CreateHistogram(
        name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = boundaries });

    private Counter<long> Counter(string name, string unit, string description) =>
        _meter.CreateCounter<long>(name, unit, description);

    private void Total(string name, string unit, string description, string? tag, params Figure[] figures) =>
        _meter.CreateObservableCounter(name, () => Measure(tag, figures), unit, description);

    private void Level(string name, string unit, string description, string? tag, params Figure[] figures) =>
        _meter.CreateObservableUpDownCounter(name, () => Measure(tag, figures), unit, description);

    private IEnumerable<Measurement<long>> Measure(string? tag, Figure[] figures)
    {
        foreach (WeakReference<NodeMetrics> entry in _nodes)
        {
            if (!entry.TryGetTarget(out NodeMetrics? node))
            {
                continue;
            }

            foreach (Figure figure in figures)
            {
                long value = figure.Read(node);
                yield return tag is null
                    ? new Measurement<long>(value, node.Tag)
                    : new Measurement<long>(value, node.Tag, new KeyValuePair<string, object?>(tag, figure.Value));
            }
        }
    }

    /// <summary>One figure of an instrument.</summary>
    /// <param name="Value">The value of the instrument's tag; empty when it has none.</param>
    /// <param name="Read">Reads the figure.</param>
    private readonly record struct Figure(string Value, Func<NodeMetrics, long> Read);
}
