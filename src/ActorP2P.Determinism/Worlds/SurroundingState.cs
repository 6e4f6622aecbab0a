using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism;

/// <summary>
/// The state of a thread that belongs to the code calling a world. It is removed while the world runs and
/// restored afterwards. For a call from inside a step, it includes the step's node, actor and context.
/// </summary>
internal readonly struct SurroundingState
{
    private readonly SynchronizationContext? _context;
    private readonly SimulatedNode? _node;
    private readonly bool _wasQueued;
    private readonly ActorCell? _cell;
    private readonly SimulatedWorld? _watched;
    private readonly SimulatedWorld? _redirected;

    private SurroundingState(SimulatedWorld world)
    {
        _context = SynchronizationContext.Current;
        _cell = InternalCurrentActorCellKeeper.Current;
        _watched = LeakDetector.Watch(world);
        _redirected = Redirects.Enter(world);
        _node = SimulatedNode.Enter(null);
        _wasQueued = _node is { IsQueued: true };
        if (_node is { } node && node.World == world)
        {
            // The node is running, so it is not in the queue. It is added, so that the inner loop can run its work.
            node.IsQueued = false;
            node.RequeueIfReady();
        }
        InternalCurrentActorCellKeeper.Current = null;
        SynchronizationContext.SetSynchronizationContext(null);
    }

    public static SurroundingState Leave(SimulatedWorld world) => new(world);

    public void Restore()
    {
        LeakDetector.Watch(_watched);
        Redirects.Enter(_redirected);
        SimulatedNode.Enter(_node);
        if (_node is { } node)
        {
            node.IsQueued |= _wasQueued;
        }
        InternalCurrentActorCellKeeper.Current = _cell;
        SynchronizationContext.SetSynchronizationContext(_context);
    }
}
