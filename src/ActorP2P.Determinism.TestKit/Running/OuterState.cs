using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// The state of a thread before a kit was made on it. Akka's kit sets some of it and never restores it.
/// </summary>
internal sealed class OuterState
{
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private readonly ActorCell? _cell = InternalCurrentActorCellKeeper.Current;

    /// <summary>The world to which the thread's code belonged.</summary>
    public SimulatedWorld? World { get; } = Redirects.World;

    /// <summary>Restores the state on the calling thread.</summary>
    public void Restore()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        InternalCurrentActorCellKeeper.Current = _cell;
        Redirects.Enter(World);
    }

    /// <summary>Restores only the context.</summary>
    public void RestoreContext() => SynchronizationContext.SetSynchronizationContext(_context);

    /// <summary>Passes on work that is posted after the end.</summary>
    public void Post(SendOrPostCallback callback, object? state)
    {
        if (_context is not null)
        {
            _context.Post(callback, state);
        }
        else
        {
            PostedWork later = new(callback, state);
            ThreadPool.QueueUserWorkItem(static work => work.Callback(work.State), later, false);
        }
    }
}
