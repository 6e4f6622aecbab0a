namespace ActorP2P.Actors;

/// <summary>The children of one actor by name, and what it waits for while some of them stop.</summary>
internal sealed class Children
{
    // A Dictionary lists its entries in an order that follows from the calls made, not from hash codes.
    private readonly Dictionary<string, ChildStats> _byName = [];
    private readonly Lock _gate = new();
    private long _anonymous;
    private int _dying;
    private TerminationReason? _reason;

    /// <summary>True when the actor waits for no child to stop.</summary>
    public bool IsNormal => _reason is null;

    public LocalActorRef Add(ActorCell parent, Props props, string? name)
    {
        lock (_gate)
        {
            if (parent.IsTerminating)
            {
                throw new InvalidOperationException("Cannot create a child while terminating or terminated.");
            }
            name ??= AnonymousNames.Of(_anonymous++);
            if (_byName.ContainsKey(name))
            {
                throw new InvalidActorNameException($"Actor name \"{name}\" is not unique!");
            }
            var path = new ChildActorPath(parent.SelfRef.Path, name, parent.System.NextUid());
            var child = new LocalActorRef(parent.System, path, props, parent.SelfRef);
            _byName.Add(name, new ChildStats(child));
            return child;
        }
    }

    public ChildStats? Find(string name)
    {
        lock (_gate)
        {
            return _byName.GetValueOrDefault(name);
        }
    }

    public ChildStats? Find(IInternalActorRef child)
    {
        ChildStats? found = Find(child.Path.Name);
        return found is not null && ReferenceEquals(found.Child, child) ? found : null;
    }

    public ChildStats[] Snapshot()
    {
        lock (_gate)
        {
            return [.. _byName.Values];
        }
    }

    public void MarkDying(LocalActorRef child)
    {
        if (Find(child) is { Dying: false } stats)
        {
            stats.Dying = true;
            _dying++;
        }
    }

    /// <summary>Starts to wait for the dying children; false when there are none.</summary>
    public bool WaitFor(TerminationReason reason)
    {
        if (_dying == 0)
        {
            return false;
        }
        _reason = reason;
        return true;
    }

    /// <summary>Forgets a child; returns what was waited for when it was the last of the dying.</summary>
    public TerminationReason? Remove(LocalActorRef child)
    {
        lock (_gate)
        {
            if (!_byName.Remove(child.Path.Name, out ChildStats? stats) || !stats.Dying || --_dying > 0)
            {
                return null;
            }
        }
        TerminationReason? reached = _reason;
        _reason = null;
        return reached;
    }
}
