using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P;

/// <summary>
/// The registry of the node's links and the supervisor of the node's other actors. It admits and ends connections,
/// and publishes on the <see cref="NodeBoard"/> what other threads may read. If it fails, the whole node stops.
/// </summary>
internal sealed partial class ManagerActor : UntypedActor
{
    /// <summary>
    /// The most refused peers that are told why at a time; further ones are disconnected without a goodbye.
    /// </summary>
    private const int MaxRefusing = 16;

    private readonly NodeContext _node;
    private readonly ManagerPromises _promises;
    private readonly LinkTable _links = new();
    private readonly NodeLinks _nodeLinks;
    private readonly ConnectCalls _calls;
    private readonly HalfOpenSlots _halfOpen;
    private readonly BanKeeper _bans;
    private readonly InboundSlots _inbound;
    private readonly OutboundSlots _outbound;
    private readonly RepeatedFaults _acceptFaults = new();
    private readonly Random _salts;
    private readonly ActorTimer _shutdownDue;
    private readonly CommandQueue _commands;
    private readonly EventSubscribers _subscribers = new();
    private IActorRef _tracker = ActorRefs.Nobody;
    private readonly MemoryRelief _relief;
    private readonly ProfileTeller _profile;
    private readonly LinkRules _rules;
    private IActorRef _broadcaster = ActorRefs.Nobody;
    private IActorRef _dialer = ActorRefs.Nobody;
    private IActorRef _listener = ActorRefs.Nobody;
    private IActorRef _discovery = ActorRefs.Nobody;
    private IActorRef _dht = ActorRefs.Nobody;
    private long _lastLink;
    private uint _trackers;
    private bool _isStopping;
    private Exception? _fault;

    public ManagerActor(NodeContext node, ManagerPromises promises)
    {
        _node = node;
        _promises = promises;
        _nodeLinks = new NodeLinks(node, _links, Self, Show, Replace);
        _calls = new ConnectCalls(_links, _nodeLinks);
        _halfOpen = new HalfOpenSlots(_links, node);
        _inbound = new InboundSlots(node, _links);
        _outbound = new OutboundSlots(node, _links);
        _relief = new MemoryRelief(node, _links);
        _profile = new ProfileTeller(node, _links);
        _bans = new BanKeeper(node, _links, Self, Publish);
        _rules = new LinkRules(node, _links, _profile);
        _shutdownDue = new ActorTimer(node.TimeProvider, Self, ManagerMessages.ShutdownDue.Instance);
        _salts = node.Random.For(NodeRandom.Purpose.Salt);
        _commands = new CommandQueue(node, Self);
        _node.Scheduler = TaskScheduler.Current;
    }

    protected override void PreStart()
    {
        _node.Manager = Self;
        _bans.Start();
        _tracker = Vital("requests", ActorFactory.Of(() =>
            new RequestTracker(_node, Interlocked.Increment(ref _trackers))));
        _broadcaster = Vital("broadcaster", ActorFactory.Of(() => new Broadcaster(_node)));
        _dht = _node.Dht is { } dht ? Vital("dht", ActorFactory.Of(() => new DhtActor(_node, dht))) : _dht;
        _node.Actors = new NodeActors(Self, _tracker, _broadcaster, _dht);
        _listener = Vital("listener", ActorFactory.Of(() => new ListenerActor(_node)));
        _dialer = Vital(
            "dialer", ActorFactory.Of(() => new DialerActor(_node, _node.Random.For(NodeRandom.Purpose.Dialer))));
        if (_node.Discovery is not null)
        {
            DiscoveryState state = DiscoveryState.Load(_node);
            _discovery = Vital("discovery", ActorFactory.Of(() => new DiscoveryActor(_node, state)));
        }
    }

    /// <summary>
    /// A PeerActor that fails is stopped, which closes its connection and nothing else, because a connection cannot be
    /// taken over by a new instance. The other children are restarted. One that fails repeatedly is stopped, and the
    /// node stops with it.
    /// </summary>
    protected override SupervisorStrategy SupervisorStrategy() =>
        new OneForOneStrategy(10, TimeSpan.FromMinutes(1), exception =>
    {
        // While a supervisor decides, the sender is the child that failed.
        if (_links.Of(Sender) is { } failed)
        {
            Log.PeerActorFailed(_node.Logger, exception, failed.Number);
            return Directive.Stop;
        }

        Log.PartFailed(_node.Logger, exception, _node.Id.ToShortString(), Sender.Path.Name);
        return Directive.Restart;
    });

    protected override void OnReceive(object message)
    {
        try
        {
            Handle(message);
        }
        catch (Exception exception)
        {
            Log.NodeFailed(_node.Logger, exception, _node.Id.ToShortString(), nameof(ManagerActor));
            _fault = exception;
            (message as IUndeliverable)?.OnUndelivered();
            Context.Stop(Self);
        }
    }

    private void Handle(object message)
    {
        switch (message)
        {
            case ManagerMessages.Accepted accepted:
                Admit(SessionRole.Responder, accepted.Connection, null, []);
                break;
            case ManagerMessages.Dialled dialled:
                Admit(SessionRole.Initiator, dialled.Connection, dialled.Address, dialled.Promises, dialled.IsPlanned);
                break;
            case ManagerMessages.LinkReady ready:
                TakeReady(ready.Peer);
                break;
            case ManagerMessages.LinkDraining draining:
                TakeDraining(draining.Link);
                break;
            case ManagerMessages.LinkAnswered answered:
                _nodeLinks.OnAnswered(answered.Link);
                break;
            case ManagerMessages.DuplicatesDue:
                _nodeLinks.OnDue();
                break;
            case GossipMessages.Returned returned:
                _broadcaster.Tell(returned);
                break;
            case ManagerMessages.LinkEnded ended:
                TakeEnded(ended.Link, ended.End);
                break;
            case ManagerMessages.MemoryShort:
                _relief.Relieve(_broadcaster);
                break;
            case ManagerMessages.PeerState said:
                TakeState(said);
                break;
            case ManagerMessages.Penalise penalise:
                Penalise(penalise);
                break;
            case ManagerMessages.OfBans ofBans:
                _bans.Take(ofBans);
                break;
            case ManagerMessages.Connect connect:
                Connect(connect.Promise);
                break;
            case ManagerMessages.Abandon abandon:
                Abandon(abandon.Promise);
                break;
            case ManagerMessages.HandlerFault fault:
                Publish(fault.Event);
                break;
            case ManagerMessages.HandleEvent handle:
                Publish(handle.Event);
                break;
            case ManagerMessages.Happened happened:
                Publish(happened.Event);
                break;
            case ManagerMessages.DialFailed failed:
                Log.DialFailed(_node.Logger, failed.Address, failed.Reason, failed.Detail);
                Publish(new DialFailed(failed.Address, failed.Reason, failed.Detail));
                break;
            case ManagerMessages.AcceptFailed failed:
                TellAcceptFailed(failed.Error);
                break;
            case ManagerMessages.CloseLink close when _links.TryGet(close.Peer.ConnectionId, out Link? link):
                Close(link);
                break;
            case ManagerMessages.Serve serve:
                serve.Peer.Serve(serve.Kind);
                break;
            case ManagerMessages.LetGo released:
                LetGo(released);
                break;
            case ManagerMessages.CloseLink close:
                _node.Closings.End(close.Peer);
                break;
            case P2P.Command command:
                _commands.Post(command, Sender);
                break;
            case P2P.Subscribe subscribe:
                Subscribe(subscribe.Subscriber);
                break;
            case P2P.Unsubscribe unsubscribe:
                Unsubscribe(unsubscribe.Subscriber);
                break;
            default:
                HandleLifecycle(message);
                break;
        }
    }

    private void HandleLifecycle(object message)
    {
        switch (message)
        {
            case ManagerMessages.Listening listening:
                TakeListening(listening.Addresses);
                break;
            case ManagerMessages.ListenFailed failed:
                _fault = new NodeStoppedException(
                    $"The node cannot listen on {_node.Settings.Listen}: {failed.Error}.");
                Context.Stop(Self);
                break;
            case ManagerMessages.Apply apply:
                _rules.Apply(apply);
                break;
            case ManagerMessages.SetState set:
                _profile.Set(_node.Profile with { State = set.State });
                set.Done.TrySetResult();
                break;
            case ManagerMessages.TellLinks:
                TellLinks();
                break;
            case ManagerMessages.Shutdown shutdown when !_isStopping:
                _fault ??= shutdown.Fault;
                BeginShutdown();
                break;
            case ManagerMessages.Shutdown:
                break;
            case ManagerMessages.ShutdownDue:
                StopAfterTimeout();
                break;
            case ManagerMessages.HandlersEnded when _isStopping && _links.Count == 0:
                Context.Stop(Self);
                break;
            case ManagerMessages.HandlersEnded:
                break;
            case Terminated terminated when _subscribers.Remove(terminated.ActorRef)
                || TryTakeEnded(terminated.ActorRef):
                break;
            case Terminated terminated when !_isStopping:
                _fault = new NodeStoppedException(
                    $"A part of the node failed repeatedly: {terminated.ActorRef.Path.Name}.");
                Log.NodeFailed(_node.Logger, null, _node.Id.ToShortString(), terminated.ActorRef.Path.Name);
                Context.Stop(Self);
                break;
            case Terminated:
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private static IActorRef Vital(string name, Props props) => Context.Watch(Context.ActorOf(props, name));

    private void Subscribe(IActorRef? subscriber)
    {
        if (subscriber is null)
        {
            RefuseSubscriber();
            return;
        }

        bool isSubscribed = _subscribers.TryAdd(subscriber);
        if (isSubscribed)
        {
            Context.Watch(subscriber);
        }

        _commands.Answer(Sender, isSubscribed ? new P2P.Subscribed(subscriber) : new Status.Failure(
            new InvalidOperationException($"The node has {EventSubscribers.Most} subscribers; allowed: no more.")));
    }

    private void Unsubscribe(IActorRef? subscriber)
    {
        if (subscriber is null)
        {
            RefuseSubscriber();
            return;
        }

        if (_subscribers.Remove(subscriber))
        {
            Context.Unwatch(subscriber);
        }

        _commands.Answer(Sender, new P2P.Unsubscribed(subscriber));
    }

    private void RefuseSubscriber() =>
        _commands.Answer(Sender, new Status.Failure(new ArgumentNullException(nameof(P2P.Subscribe.Subscriber))));

    private void TakeListening(IReadOnlyList<PeerAddress> addresses)
    {
        _node.Board.ListenAddresses = _node.Settings.Encryption == Encryption.Off ? addresses
            : [.. addresses.Select(address => new PeerAddress(address.Host, address.Port, _node.Id))];
        foreach (PeerAddress address in _node.Board.ListenAddresses)
        {
            Log.Listening(_node.Logger, _node.Id.ToShortString(), address);
        }

        // The node can say now where it is.
        _discovery.Tell(DiscoveryMessages.Due.Instance);
        _promises.Start();
    }

    private void TellAcceptFailed(TransportError error)
    {
        bool isTold = _acceptFaults.TryTell(error.Fault, _node.Now, out long suppressed);
        if (isTold)
        {
            Log.AcceptFailed(_node.Logger, _node.Settings.Listen, error.ToString(), suppressed);
        }

        // Every reset counts as one more lost connection. The other faults are a condition that lasts, so some are
        // enough.
        if (isTold || error.Fault == TransportFault.Reset)
        {
            Publish(new AcceptFailed(error.ToString()) { Fault = error.Fault, Suppressed = suppressed });
        }
    }

    private void TellLinks()
    {
        foreach (Link link in _links.All.Where(static link => link.IsOpen))
        {
            _broadcaster.Tell(new GossipMessages.LinkReady(link.Peer!));
        }

        _broadcaster.Tell(GossipMessages.LinksTold.Instance);
    }

    private void Publish(NodeEvent happened)
    {
        NodeEvent nodeEvent = happened with { Node = _node.Id, NodeName = _node.Name };
        _node.Metrics.Note(nodeEvent);
        _node.Board.Publish(nodeEvent);
        _subscribers.Publish(nodeEvent, Self);
        _discovery.Tell(nodeEvent);
        Context.System.EventStream.Publish(nodeEvent);
    }
}
