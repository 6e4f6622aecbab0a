using Akka.Event;
using Akka.TestKit;

namespace ActorP2P.Determinism.TestKit;

/// <summary>Passes each log event to the filters. It prints nothing, because the kit's output logger does.</summary>
internal sealed class SimulatedEventListener : TestEventListener
{
    /// <inheritdoc/>
    protected override void Print(LogEvent logEvent)
    {
        // Printed elsewhere.
    }
}
