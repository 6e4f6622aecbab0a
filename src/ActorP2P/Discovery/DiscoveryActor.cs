using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Finds nodes and keeps the node connected to some of them: an <see cref="OverlayPlan"/> over an
/// <see cref="AddressBook"/>. It proposes addresses by the node's usual dials, so that the node's own rules decide who
/// becomes a peer.
/// </summary>
internal sealed class DiscoveryActor : VitalActor
{
    private static readonly TimeSpan s_firstSave = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_saveEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_relayAfter = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);

    // Bitcoin Core relays what is no older.
    private static readonly TimeSpan s_freshFor = TimeSpan.FromMinutes(10);

    private readonly NodeContext _node;
    private readonly DiscoveryState _state;
    private readonly OverlayPlan _plan;
    private readonly RelayQueue _relay;
    private readonly OwnRecord _own;
    private readonly DiscoveryCalls _calls;
    private readonly DnsIntake _dns;
    private readonly SortedDictionary<long, Peer> _peers = [];
    private readonly ActorTimer _due;
    private readonly ActorTimer _relayDue;
    private readonly ActorTimer _saveDue;
    private IReadOnlyList<byte[]>? _published;
    private NodeRecord? _publishedOwn;
    private NodeRecord? _toldRecord;
    private bool _isPausing;
    private bool _isRelaying;

    public DiscoveryActor(NodeContext node, DiscoveryState state)
    {
        _node = node;
        _state = state;
        DiscoverySettings settings = node.Settings.Discovery;
        _plan = new OverlayPlan(
            new OverlaySettings(settings.Outbound, settings.Role, settings.Bootstrap, settings.DnsNames)
            {
                PerGroup = node.Settings.Slots.OutboundPerGroup,
            },
            state.Book, state.Anchors, node.Random.SeedFor(NodeRandom.Purpose.Discovery, 1 + state.Restarts), node.Now);
        _relay = new RelayQueue(state.Book.Hash);
        _own = new OwnRecord(node);
        _calls = new DiscoveryCalls(node, Self);
        _dns = new DnsIntake(state, node.Discovery!.Refused, node.Signer);
        _due = new ActorTimer(node.TimeProvider, Self, DiscoveryMessages.Due.Instance);
        _relayDue = new ActorTimer(node.TimeProvider, Self, DiscoveryMessages.RelayDue.Instance);
        _saveDue = new ActorTimer(node.TimeProvider, Self, DiscoveryMessages.SaveDue.Instance);
    }

    protected override void PreStart()
    {
        _node.Discovery!.Actor = Self;
        foreach (Peer peer in _node.Board.Peers)
        {
            Meet(peer);
        }

        _saveDue.Start(s_firstSave);
        Advance();
    }

    protected override void PostRestart(Exception reason)
    {
        // An actor that fails again at once must not fail without end.
        TimeSpan pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_state.Restarts++, 16)));
        _isPausing = true;
        base.PostRestart(reason);
        _due.Start(pause < s_longestPause ? pause : s_longestPause);
    }

    protected override void PostStop()
    {
        _due.Stop();
        _relayDue.Stop();
        _saveDue.Stop();
        _state.Save(_plan.Anchors);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case PeerConnected connected:
                Meet(connected.Peer);
                break;
            case PeerDisconnected gone:
                Forget(gone.Peer);
                break;
            case NodeEvent:
                return;
            case DiscoveryMessages.DialEnded ended:
                Take(ended);
                break;
            case DiscoveryMessages.Told told:
                Take(told);
                break;
            case DiscoveryMessages.Answered answered:
                Take(answered);
                break;
            case DiscoveryMessages.LookedUp found:
                _dns.Take(found.Name, found.Found);
                break;
            case DiscoveryMessages.RelayDue:
                TellFresh();
                break;
            case DiscoveryMessages.SaveDue:
                _state.Save(_plan.Anchors);
                _saveDue.Start(s_saveEvery);
                break;
            case DiscoveryMessages.Due:
                _isPausing = false;
                break;
            default:
                Unhandled(message);
                return;
        }

        Advance();
    }

    private void Advance()
    {
        PublishAnswer();
        if (_isPausing)
        {
            return;
        }

        TimeSpan now = _node.Now;
        foreach (PeerAddress name in _plan.NextLookups(now))
        {
            _calls.LookUp(name);
        }

        while (_plan.NextDial(now, _state.Today) is { } order)
        {
            _calls.Dial(order);
        }

        if (_plan.NextQuestion(now) is { } again && _peers.TryGetValue(again, out Peer? asked))
        {
            Ask(asked);
        }

        while (_plan.NextClose(now) is { } number)
        {
            // A connection that the program uses too is its own.
            if (_peers.TryGetValue(number, out Peer? peer) && peer.Kind != PeerKind.Manual)
            {
                Context.Parent.Tell(new ManagerMessages.CloseLink(peer));
            }
        }

        TellOwnRecord();
        _node.Discovery!.Figures = new DiscoveryStatistics
        {
            Addresses = _state.Book.Count,
            Tried = _state.Book.TriedCount,
            Networks = _state.Book.Groups,
            Outbound = _plan.Outbound,
        };
        _due.Start(_plan.NextDue(now) - now);
    }

    private void PublishAnswer()
    {
        IReadOnlyList<byte[]> records = _state.Answers.Get(_state.Today);
        NodeRecord? own = _node.Settings.Discovery.Role == NodeRole.Discovery ? null : _own.Get();
        if (records != _published || own != _publishedOwn)
        {
            (_published, _publishedOwn) = (records, own);
            _node.Discovery!.Answer = own is null ? records : [own.Bytes.ToArray(), .. records];
        }
    }

    private void Meet(Peer peer)
    {
        _peers[peer.ConnectionId] = peer;
        PeerAddress address = peer.Id is { } id
            ? new PeerAddress(peer.Address.Host, peer.Address.Port, id)
            : peer.Address;
        _plan.Connected(new OverlayLink(
            peer.ConnectionId, address, peer.Id ?? peer.ClaimedId?.Claim, peer.IsOutbound, _node.Now));
        if (peer.Understands(HelloFeature.PeerExchange))
        {
            _relay.Add(peer.ConnectionId);
        }
    }

    private void Forget(Peer peer)
    {
        _peers.Remove(peer.ConnectionId);
        _relay.Remove(peer.ConnectionId);
        _plan.Ended(peer.ConnectionId);
    }

    private void Take(DiscoveryMessages.DialEnded ended)
    {
        if (ended.Peer is not { } peer)
        {
            _plan.Failed(ended.Order, DialFaults.IsOfAddress(ended.Failure));
            if (DialFaults.IsOwn(ended.Failure))
            {
                _plan.Hold(_node.Now);
            }

            if (DialFaults.ForEver(ended.Failure) is { } refusal)
            {
                _node.Discovery!.Refused.Add(refusal);
                _state.Book.Remove(ended.Order.Address);
            }

            return;
        }

        _plan.Dialled(ended.Order, peer.ConnectionId, _state.Today);
        NoteKept(peer);
        if (ended.Order.Purpose != DialPurpose.Feeler && _peers.ContainsKey(peer.ConnectionId))
        {
            Ask(peer);
        }
    }

    private void Ask(Peer peer)
    {
        if (peer.Understands(HelloFeature.PeerExchange))
        {
            _calls.Ask(peer, _own.Get()?.Bytes.ToArray() ?? []);
        }
        else
        {
            _plan.Answered(peer.ConnectionId, NodeRole.Normal);
            NoteKept(peer);
        }
    }

    private void Take(DiscoveryMessages.Answered answered)
    {
        if (answered.Reply is null)
        {
            _node.Discovery!.Refused.Add(RecordRefusal.NotAnswered);
        }

        string source = NetworkGroup.Of(answered.Peer.Address);
        foreach (byte[] record in answered.Reply?.Records ?? [])
        {
            _state.Intake.Take(record, source, _state.Today, out _);
        }

        _plan.Answered(answered.Peer.ConnectionId, answered.Reply?.Role ?? NodeRole.Normal);
        NoteKept(answered.Peer);
    }

    // A connection that was made for a question, or in the place of another one, may stay.
    private void NoteKept(Peer peer)
    {
        if (_plan.Keeps(peer.ConnectionId))
        {
            Context.Parent.Tell(new ManagerMessages.Serve(peer, PeerKind.Regular));
        }
    }

    private void Take(DiscoveryMessages.Told told)
    {
        int taken = told.Peer.Exchange.Take(told.Records.Count, _node.Now);
        if (taken < told.Records.Count)
        {
            _node.Discovery!.Refused.Add(RecordRefusal.TooMany, told.Records.Count - taken);
        }

        string source = NetworkGroup.Of(told.Peer.Address);
        TimeSpan today = _state.Today;
        foreach (byte[] bytes in told.Records.Take(taken))
        {
            if (_state.Intake.Take(bytes, source, today, out BookRecord? record) == RecordOutcome.Taken
                && told.Records.Count <= RelayQueue.MostAtATime && today - record!.MadeAt <= s_freshFor)
            {
                Relay(record, told.Peer.ConnectionId);
            }
        }
    }

    private void TellOwnRecord()
    {
        // The first one goes out with the questions for addresses; a new one is told by itself.
        if (_own.Get() is not { } own || own == _toldRecord)
        {
            return;
        }

        if (_toldRecord is not null)
        {
            TimeSpan madeAt = TimeSpan.FromMilliseconds(own.UnixMilliseconds);
            Relay(new BookRecord(own.Id, own.Sequence, madeAt, own.Bytes.ToArray()), from: 0);
        }

        _toldRecord = own;
    }

    private void Relay(BookRecord record, long from)
    {
        _relay.Relay(record, from, _state.Today);
        if (!_isRelaying)
        {
            _isRelaying = true;
            _relayDue.Start(s_relayAfter);
        }
    }

    private void TellFresh()
    {
        _isRelaying = false;
        foreach ((long number, List<byte[]> records) in _relay.TakeAll())
        {
            if (_peers.TryGetValue(number, out Peer? peer))
            {
                // A peer that has no room now learns the addresses from others.
                peer.Outbox.TryPost(peer.Actor, new OutboxEntry(
                    FrameKind.Notify, PayloadWriter.Encode(new PeersTold(records)), Lane.Bulk));
            }
        }
    }
}
