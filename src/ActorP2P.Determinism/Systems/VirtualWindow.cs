using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism;

/// <summary>
/// Gives supervisors windows in virtual time. Akka measures the window of "so many restarts within so long" by a
/// real stopwatch, which hardly moves in a simulation: failures that are hours apart would count as one burst.
/// </summary>
internal static class VirtualWindow
{
    /// <summary>
    /// Replaces the strategy of an actor, if it is one of Akka's own with a window, by one that decides in the same way
    /// and measures the window by the system's scheduler. It is called before the actor learns of a child's failure.
    /// </summary>
    public static void Give(ActorCell supervisor)
    {
        if (AkkaPrivates.InstanceOf(supervisor) is not { } actor)
        {
            return;
        }
        ref SupervisorStrategy? strategy = ref AkkaPrivates.StrategyOf(actor);
        strategy ??= Ask(supervisor, actor);
        strategy = strategy switch
        {
            OneForOneStrategy { WithinTimeRangeMilliseconds: > 0, MaxNumberOfRetries: not 0 } one
                when one.GetType() == typeof(OneForOneStrategy) => new VirtualOneForOneStrategy(one),
            AllForOneStrategy { WithinTimeRangeMilliseconds: > 0, MaxNumberOfRetries: not 0 } all
                when all.GetType() == typeof(AllForOneStrategy) => new VirtualAllForOneStrategy(all),
            _ => strategy,
        };
    }

    // The strategy is asked for with the actor as the current one, as Akka does when the first child fails.
    private static SupervisorStrategy Ask(ActorCell supervisor, ActorBase actor)
    {
        ActorCell? outer = InternalCurrentActorCellKeeper.Current;
        InternalCurrentActorCellKeeper.Current = supervisor;
        try
        {
            return AkkaPrivates.AskStrategy(actor);
        }
        finally
        {
            InternalCurrentActorCellKeeper.Current = outer;
        }
    }
}
