using System.Diagnostics.Metrics;

namespace ActorP2P;

/// <summary>What one node reports to a meter, between <see cref="Begin"/> and <see cref="End"/>.</summary>
/// <param name="node">The node.</param>
/// <param name="factory">The factory of the meter; null for the meter of the process.</param>
/// <param name="name">The node's name in the measurements; null for the short form of its id.</param>
internal sealed class NodeMetrics(NodeContext node, IMeterFactory? factory, string? name)
{
    /// <summary>Stands for the start time of an ask that is not timed.</summary>
    public const long NotTimed = -1;

    private readonly Lock _lock = new();
    private NodeMeter? _meter;
    private bool _hasEnded;
    private int _openAsks;

    /// <summary>Names the node in each measurement.</summary>
    public KeyValuePair<string, object?> Tag { get; } = new(NodeMeter.NodeTag, name ?? node.Id.ToShortString());

    public NodeStatistics Statistics => node.Node.Statistics;

    /// <summary>The number of asks that wait for their answers. The RequestTracker writes it.</summary>
    public int OpenAsks
    {
        get => Volatile.Read(ref _openAsks);
        set => Volatile.Write(ref _openAsks, value);
    }

    /// <summary>
    /// The time since the node was made, in ticks; <see cref="NotTimed"/> when nobody listens, so that an ask then does
    /// not read the clock.
    /// </summary>
    public long AskStart => _meter is { AskDuration.Enabled: true } ? node.Now.Ticks : NotTimed;

    /// <summary>The same as <see cref="AskStart"/>, for a handler that is called.</summary>
    public long HandlerStart => _meter is { HandlerDuration.Enabled: true } ? node.Now.Ticks : NotTimed;

    public void Begin()
    {
        lock (_lock)
        {
            if (!_hasEnded)
            {
                _meter = NodeMeters.Of(factory);
                _meter.Add(this);
            }
        }
    }

    /// <summary>
    /// The node has stopped: the meter no longer reports it and keeps no reference to it. Further calls do nothing.
    /// </summary>
    public void End()
    {
        lock (_lock)
        {
            _hasEnded = true;
            if (_meter is { } meter)
            {
                _meter = null;
                meter.Remove(this);
            }
        }
    }

    public long CountPeers(bool isOutbound) => node.Board.Peers.Count(peer => peer.IsOutbound == isOutbound);

    public long SumPeers(Func<PeerStatistics, long> figure) => node.Board.Peers.Sum(peer => figure(peer.Statistics));

    /// <summary>An ask has ended.</summary>
    /// <param name="start">When it began, from <see cref="AskStart"/>.</param>
    /// <param name="failure">The name of the reason why it has no answer; null when it has one.</param>
    public void NoteAsk(TimeSpan start, string? failure)
    {
        if (_meter is not { } meter)
        {
            return;
        }

        double seconds = (node.Now - start).TotalSeconds;
        if (failure is null)
        {
            meter.AskDuration.Record(seconds, Tag);
        }
        else
        {
            meter.AskDuration.Record(seconds, Tag, Pair(NodeMeter.ErrorTag, failure));
        }
    }

    /// <summary>A handler has ended.</summary>
    /// <param name="start">When it was called, from <see cref="HandlerStart"/>.</param>
    /// <param name="kind">Request, notify or broadcast.</param>
    /// <param name="failure">The name of the reason why it gave no answer; null when it gave one.</param>
    public void NoteHandler(TimeSpan start, string kind, string? failure)
    {
        if (_meter is not { } meter)
        {
            return;
        }

        double seconds = (node.Now - start).TotalSeconds;
        if (failure is null)
        {
            meter.HandlerDuration.Record(seconds, Tag, Pair(NodeMeter.KindTag, kind));
        }
        else
        {
            meter.HandlerDuration.Record(
                seconds, Tag, Pair(NodeMeter.KindTag, kind), Pair(NodeMeter.ErrorTag, failure));
        }
    }

    /// <summary>A round trip was measured.</summary>
    public void NoteRoundTrip(TimeSpan roundTrip) => _meter?.RoundTrip.Record(roundTrip.TotalSeconds, Tag);

    /// <summary>Counts an event.</summary>
    public void Note(NodeEvent happened)
    {
        if (_meter is not { } meter)
        {
            return;
        }

        switch (happened)
        {
            case PeerDisconnected end when meter.ConnectionDuration.Enabled && end.Peer.Counters.ReadyAt is { } ready:
                NoteEnd(meter, end, (node.Now - ready).TotalSeconds);
                break;
            case PeerRefused refused:
                meter.Refusals.Add(
                    1, Tag, Direction(refused.IsOutbound), Pair(NodeMeter.ErrorTag, refused.End.Reason.ToString()));
                break;
            case DialFailed failed:
                meter.DialFailures.Add(1, Tag, Pair(NodeMeter.ErrorTag, failed.Reason.ToString()));
                break;
            case HandlerFailed:
                meter.HandlerFailures.Add(1, Tag);
                break;
            case PeerPenalised penalised:
                meter.PenaltyPoints.Add(penalised.Points, Tag);
                break;
            default:
                break;
        }
    }

    private void NoteEnd(NodeMeter meter, PeerDisconnected end, double seconds)
    {
        string reason = end.Reason.ToString();
        if (end.End.IsOrderly)
        {
            meter.ConnectionDuration.Record(
                seconds, Tag, Direction(end.Peer.IsOutbound), Pair(NodeMeter.ReasonTag, reason));
        }
        else
        {
            meter.ConnectionDuration.Record(
                seconds, [Tag, Direction(end.Peer.IsOutbound), Pair(NodeMeter.ReasonTag, reason),
                Pair(NodeMeter.ErrorTag, reason)]);
        }
    }

    private static KeyValuePair<string, object?> Direction(bool isOutbound) =>
        Pair(NodeMeter.DirectionTag, isOutbound ? "outbound" : "inbound");

    private static KeyValuePair<string, object?> Pair(string key, string value) => new(key, value);
}
