namespace ActorP2P.Actors;

/// <summary>
/// One actor's run-time: it owns the mailbox, the instance and everything that outlives the instance at a restart.
/// All of it is touched on the actor's own turn only, except the children, which guardians get from outside.
/// </summary>
internal sealed partial class ActorCell : IActorContext
{
    private readonly LocalActorRef _self;
    private ActorBase? _actor;
    private object? _message;
    private IActorRef? _sender;
    private Receive? _behavior;
    private CellExtras? _extras;
    private ulong _pathHash;
    private bool _created;
    private bool _constructing;

    /// <summary>The mailbox's consumer; the mailbox's own.</summary>
    internal MailboxReader Reader;

    internal ActorCell(ActorSystem system, LocalActorRef self, Props props, IInternalActorRef parent)
    {
        _self = self;
        Props = props;
        ParentRef = parent;
        Mailbox = system.Dispatchers.CreateMailbox(this, props);
    }

    public ActorSystem System => _self.System;

    public Props Props { get; }

    public IActorRef Self => _self;

    public IActorRef Parent => ParentRef;

    public IActorRef Sender => _sender ?? System.DeadLetters;

    internal static ActorCell? Current => TurnSlot.Peek;

    internal static IActorRef? CurrentSelf => TurnSlot.Peek?._self;

    internal static IActorRef? CurrentSender => TurnSlot.Peek is { } cell ? cell.Sender : null;

    internal static ActorCell? UnderConstruction
    {
        get
        {
            ActorCell? cell = TurnSlot.Peek;
            if (cell is not { _constructing: true })
            {
                return null;
            }
            // Cleared at once: an actor made with new inside of this constructor must not share the cell.
            cell._constructing = false;
            return cell;
        }
    }

    internal LocalActorRef SelfRef => _self;

    internal IInternalActorRef ParentRef { get; }

    internal Mailbox Mailbox { get; }

    /// <summary>The message being handled; read by the watchdog from another thread, as a hint only.</summary>
    internal object? CurrentMessage => _message;

    /// <summary>Counts the messages handled, so that handling one twice can be told from handling two.</summary>
    internal long Handled { get; private set; }

    /// <summary>True when a message or the rest of one was handled since the turn's end was last told.</summary>
    internal bool Worked { get; private set; }

    internal TimerScheduler? Timers => _extras?.Timers;

    private CellExtras Extras => _extras ??= new CellExtras();

    internal IActorRef? RawSender => _sender;

    /// <summary>The path in one number, the same in every process; made when a simulation first asks.</summary>
    internal ulong PathHash => _pathHash != 0 ? _pathHash : _pathHash = StableHash.Of(_self.Path.ToString());

    public IActorRef ActorOf(Props props, string? name = null) => MakeChild(props, name);

    public ActorSelection ActorSelection(ActorPath actorPath) => System.ActorSelection(actorPath);

    public ActorSelection ActorSelection(string actorPath) => actorPath.StartsWith('/') || actorPath.Contains("://", StringComparison.Ordinal)
        ? System.ActorSelection(actorPath)
        : new ActorSelection(_self, actorPath);

    public void Become(Receive receive)
    {
        _extras?.BehaviorStack = null;
        _behavior = receive;
    }

    public void BecomeStacked(Receive receive)
    {
        (Extras.BehaviorStack ??= new Stack<Receive?>()).Push(_behavior);
        _behavior = receive;
    }

    public void UnbecomeStacked() => _behavior = _extras?.BehaviorStack is { Count: > 0 } stack ? stack.Pop() : null;

    /// <summary>Handles one user message; whatever it throws becomes a failure of this actor.</summary>
    internal void Invoke(in Envelope envelope)
    {
        object message = envelope.Message;
        _message = message;
        _sender = envelope.Sender;
        Handled++;
        Worked = true;
        Mailbox.Node?.Trace(this, message);
        try
        {
            if (message is IAutoReceivedMessage)
            {
                AutoReceive(message);
            }
            else
            {
                Deliver(message);
            }
            if (_extras is not null)
            {
                _extras.ReceiveTimeout?.Touch(message);
            }
            _message = null;
            _sender = null;
        }
        catch (Exception cause)
        {
            Fault(cause);
        }
    }

    /// <summary>Makes the first instance, on the first turn.</summary>
    internal void CreateIfNew()
    {
        if (_created)
        {
            return;
        }
        _created = true;
        Create();
    }

    internal void TurnEnd()
    {
        Worked = false;
        if (_actor is not ITurnEndActor actor || _extras?.Perpetrator is not null)
        {
            return;
        }
        try
        {
            actor.OnTurnEnd();
        }
        catch (Exception cause)
        {
            Fault(cause);
        }
    }

    internal void ReturnStash() => _extras?.Stash?.UnstashAll();

    private void Deliver(object message)
    {
        ActorBase actor = _actor!;
        if (!(_behavior is null ? actor.InvokeReceive(message) : _behavior(message)))
        {
            actor.InvokeUnhandled(message);
        }
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                DeliverTerminated(terminated);
                break;
            case TimerMessage timer:
                if (Timers is { } timers && timers.TryTake(timer))
                {
                    _message = timer.Message;
                    Deliver(timer.Message);
                }
                break;
            case ReceiveTimeoutClock clock:
                if (clock == _extras?.ReceiveTimeout && clock.IsDue())
                {
                    _message = Actors.ReceiveTimeout.Instance;
                    Deliver(Actors.ReceiveTimeout.Instance);
                }
                break;
            case PoisonPill:
                Stop(_self);
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, _self), _self);
                break;
            default:
                Deliver(message);
                break;
        }
    }

    private ActorBase NewActor()
    {
        _behavior = null;
        _extras?.BehaviorStack = null;
        _constructing = true;
        try
        {
            ActorBase actor = Props.NewActor()
                ?? throw new ActorInitializationException(_self, "The factory made no actor.");
            if (actor.Cell != this)
            {
                throw new ActorInitializationException(_self, "The factory returned an actor that was made before.");
            }
            Equip(actor);
            _extras?.Strategy = null;
            return actor;
        }
        finally
        {
            _constructing = false;
        }
    }

    private void Equip(ActorBase actor)
    {
        if (actor is IWithTimers withTimers)
        {
            withTimers.Timers = Extras.Timers ??= new TimerScheduler(this);
        }
        if (actor is IWithStash withStash)
        {
            withStash.Stash = Extras.Stash ??= new Stash(this, Props.StashCapacity);
        }
    }
}
