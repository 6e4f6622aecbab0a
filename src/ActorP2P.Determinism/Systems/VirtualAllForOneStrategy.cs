using Akka.Actor;
using Akka.Actor.Internal;

namespace ActorP2P.Determinism;

/// <summary>An all-for-one strategy with its window in virtual time.</summary>
internal sealed class VirtualAllForOneStrategy(AllForOneStrategy original) : AllForOneStrategy(
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
        // As in Akka, every sibling is counted until one has restarted too often.
        bool mayRestart = restart && children.All(sibling => _windows.MayRestart(context, sibling.Child));
        foreach (ChildRestartStats sibling in children)
        {
            if (mayRestart)
            {
                RestartChild(sibling.Child, cause, suspendFirst: !child.Equals(sibling.Child));
            }
            else
            {
                context.Stop(sibling.Child);
            }
        }
    }

    public override void HandleChildTerminated(
        IActorContext actorContext, IActorRef child, IEnumerable<IInternalActorRef> children) => _windows.Forget(child);
}
