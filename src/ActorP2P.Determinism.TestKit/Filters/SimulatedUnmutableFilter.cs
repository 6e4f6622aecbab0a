using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Internal;
using Akka.TestKit.TestEvent;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Log events that stay muted until this object is disposed.</summary>
internal sealed class SimulatedUnmutableFilter(IReadOnlyList<EventFilterBase> filters, ActorSystem system)
    : IUnmutableFilter
{
    private bool _done;

    /// <inheritdoc/>
    public void Unmute()
    {
        if (!_done)
        {
            _done = true;
            system.EventStream.Publish(new Unmute([.. filters]));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Unmute();
}
