namespace ActorP2P.Actors;

/// <content>The actors below this one.</content>
internal sealed partial class ActorCell
{
    private Children? _children;

    public IActorRef Child(string name) => _children?.Find(name)?.Child ?? ActorRefs.Nobody;

    public IEnumerable<IActorRef> GetChildren() => ChildRefs();

    public void Stop(IActorRef child)
    {
        var target = (IInternalActorRef)child;
        if (_children is not null && target is LocalActorRef local && local.Parent == _self)
        {
            _children.MarkDying(local);
        }
        target.SendSystem(new TerminateMessage());
    }

    internal IInternalActorRef? FindChild(string name) => _children?.Find(name)?.Child;

    internal IEnumerable<IInternalActorRef> ChildRefs() => Array.ConvertAll(AllChildStats(), static stats => stats.Child);

    internal ChildStats[] AllChildStats() => _children?.Snapshot() ?? [];

    /// <summary>Makes a child. Guardians are called here from any thread, others on their own turn.</summary>
    internal LocalActorRef MakeChild(Props props, string? name)
    {
        ArgumentNullException.ThrowIfNull(props);
        if (name is not null && !ActorPath.IsValidPathElement(name))
        {
            throw new InvalidActorNameException(
                $"'{name}' cannot name an actor: letters, digits and -_.*$+:@&=,!~';() only, no leading $.");
        }
        Children children = _children ?? Interlocked.CompareExchange(ref _children, new Children(), null) ?? _children;
        LocalActorRef child = children.Add(this, props, name);
        for (int i = 0; Current == this && i < _suspensions; i++)
        {
            child.SendSystem(new SuspendMessage());
        }
        child.Cell.Mailbox.Start();
        return child;
    }

    private void ChildStopped(LocalActorRef child)
    {
        TerminationReason? reached = _children!.Remove(child);
        switch (reached?.Kind)
        {
            case TerminationKind.Recreation:
                FinishRecreate(reached.Cause!);
                break;
            case TerminationKind.Creation:
                Create();
                break;
            case TerminationKind.Termination:
                FinishTerminate();
                break;
        }
    }
}
