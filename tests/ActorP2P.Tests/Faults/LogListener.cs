using Akka.Actor;
using Akka.Event;

namespace ActorP2P.Tests.Faults;

/// <summary>Takes the first error that an actor system logs.</summary>
internal sealed class LogListener : ReceiveActor
{
    public LogListener(TaskCompletionSource<object> seen)
    {
        Receive<Error>(error => seen.TrySetResult(error));
        Context.System.EventStream.Subscribe(Self, typeof(Error));
    }
}
