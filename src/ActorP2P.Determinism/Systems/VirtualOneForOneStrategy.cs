using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism;

/// <summary>A one-for-one strategy with its window in virtual time.</summary>
internal sealed class VirtualOneForOneStrategy(OneForOneStrategy original) : OneForOneStrategy(
    original.MaxNumberOfRetries, original.WithinTimeRangeMilliseconds, original.Decider)
{
    private readonly RestartWindows _windows = new(
        original.MaxNumberOfRetries, TimeSpan.FromMilliseconds(original.WithinTimeRangeMilliseconds));

    public override void ProcessFailure(
        IActorContext context,
        bool restart,
        IActorRef child,
        Exception cause,
        ChildRestartStats stats,
        IReadOnlyCollection<ChildRestartStats> children)
    {
        if (restart && _windows.MayRestart(context, child))
        {
            RestartChild(child, cause, suspendFirst: false);
        }
        else
        {
            context.Stop(child);
        }
    }

    public override void HandleChildTerminated(
        IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children) => _windows.Forget(child);
}
