using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The node's part in the distributed hash table: a <see cref="DhtState"/> with what looks after it. It answers peers,
/// looks up, and keeps the tables.
/// </summary>
internal sealed class DhtActor : VitalActor
{
    private readonly NodeContext _node;
    private readonly DhtState _state;
    private readonly DhtQuestions _questions;
    private readonly DhtServer _server;
    private readonly DhtLookups _lookups;
    private readonly DhtUpkeep _upkeep;
    private readonly ActorTimer _tick;
    private readonly ActorTimer _due;
    private TimeSpan? _armed;

    public DhtActor(NodeContext node, DhtState state)
    {
        _node = node;
        _state = state;
        DhtRecords records = new(node, state);
        _questions = new DhtQuestions(node, state, Self);
        _server = new DhtServer(node, state, records);
        _lookups = new DhtLookups(node, state, records, _questions);
        _upkeep = new DhtUpkeep(node, state, records, _questions, _lookups);
        _tick = new ActorTimer(node.TimeProvider, Self, DhtMessages.Tick.Instance);
        _due = new ActorTimer(node.TimeProvider, Self, DhtMessages.Due.Instance);
    }

    protected override void PreStart()
    {
        Context.Parent.Tell(new P2P.Subscribe(Self));
        _tick.StartPeriodic(DhtUpkeep.Every);
    }

    protected override void PreRestart(Exception reason, object message)
    {
        Fail(new DhtException(DhtFailure.NodeFailed, "the part of the node that looks up has failed"));
        base.PreRestart(reason, message);
    }

    protected override void PostStop()
    {
        _tick.Stop();
        _due.Stop();
        Fail(new NodeStoppedException("The node has stopped."));
        _questions.CloseIdle(all: true);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case DhtMessages.Serve serve:
                _server.Answer(serve);
                break;
            case DhtMessages.QuestionEnded ended:
                _questions.End(ended);
                break;
            case DhtMessages.Begin begin:
                _lookups.Begin(begin.Job);
                break;
            case DhtMessages.Cancel cancel:
                _lookups.Cancel(cancel.Job);
                break;
            case DhtMessages.Provide provide:
                _upkeep.Provide(provide);
                break;
            case DhtMessages.StopProviding stop:
                _state.Offered.Remove(stop.Service);
                break;
            case DhtMessages.Due:
                _armed = null;
                _lookups.Expire();
                break;
            case DhtMessages.Tick:
                _upkeep.Tick();
                break;
            case PeerConnected connected:
                _upkeep.Meet(connected.Peer);
                break;
            case PeerDisconnected disconnected:
                _server.Forget(disconnected.Peer);
                _upkeep.Forget(disconnected.Peer);
                break;
            case NodeEvent or P2P.Subscribed:
                break;
            default:
                Unhandled(message);
                break;
        }

        Arm();
        _state.Note(_lookups.Count, _server.Answered);
    }

    private void Fail(Exception failure)
    {
        _lookups.Fail(failure);
        _upkeep.Fail(failure);
    }

    // An early wake-up does no harm, and most answers come long before they are due.
    private void Arm()
    {
        if (_lookups.NextDue is { } due && (_armed is null || due < _armed))
        {
            _armed = due;
            _due.Start(due - _node.Now);
        }
    }
}
