using System.Net.Sockets;
using Akka.Event;

namespace ActorP2P;

/// <summary>
/// Closes connections that Akka.IO's listeners have accepted and lost. While they bind, and while they unbind, they
/// leave the message of an accept unhandled, and whoever has connected would wait until the socket is finalized. One
/// serves a system.
/// </summary>
internal sealed class AkkaIoLostAccepts(ExtendedActorSystem system) : AkkaIoRef(system)
{
    // Akka.IO's own, not public; it has the arguments of the accept as its one property.
    private const string AcceptCompleted = "AcceptCompleted";

    /// <summary>Called once for a system.</summary>
    public static void Watch(ExtendedActorSystem system)
    {
        AkkaIoLostAccepts watcher = new(system);
        system.EventStream.Subscribe(watcher, typeof(UnhandledMessage));
        system.EventStream.Subscribe(watcher, typeof(SuppressedDeadLetter));
    }

    protected override void On(object message, IActorRef sender)
    {
        object? lost = message switch
        {
            UnhandledMessage unhandled => unhandled.Message,
            SuppressedDeadLetter letter => letter.Message,
            _ => null,
        };
        if (lost?.GetType() is { Name: AcceptCompleted } type
            && type.GetProperty("EventArgs")?.GetValue(lost) is SocketAsyncEventArgs { AcceptSocket: { } socket })
        {
            socket.Close(timeout: 0);
        }
    }
}
