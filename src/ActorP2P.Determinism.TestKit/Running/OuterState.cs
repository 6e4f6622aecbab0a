using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism.TestKit;

/// <summary>
/// What held on a thread before a kit was made on it; Akka's kit sets some of it and never puts it back.
/// </summary>
internal sealed class OuterState
{
    private readonly SynchronizationContext? _context = SynchronizationContext.Current;
    private readonly ActorCell? _cell = InternalCurrentActorCellKeeper.Current;

    /// <summary>The world that the thread's code belonged to.</summary>
    public SimulatedWorld? World { get; } = Redirects.World;

    /// <summary>Puts it back, on the thread that calls.</summary>
    public void Restore()
    {
        SynchronizationContext.SetSynchronizationContext(_context);
        InternalCurrentActorCellKeeper.Current = _cell;
        Redirects.Enter(World);
    }

    /// <summary>Puts back the context alone.</summary>
    public void RestoreContext() => SynchronizationContext.SetSynchronizationContext(_context);

    /// <summary>Hands on what comes after the end.</summary>
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
