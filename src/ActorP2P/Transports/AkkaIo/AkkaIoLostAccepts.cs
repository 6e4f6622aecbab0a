using System.Net.Sockets;
using Akka.Event;

namespace ActorP2P;

/// <summary>
/// Closes connections that Akka.IO's listeners have accepted and lost. While a listener binds or unbinds, it leaves the
/// message of an accept unhandled, and the remote end would wait until the socket is finalized. One instance serves an
/// actor system.
/// </summary>
internal sealed class AkkaIoLostAccepts(ExtendedActorSystem system) : AkkaIoRef(system)
{
    // A type of Akka.IO that is not public. Its only property has the arguments of the accept.
    private const string AcceptCompleted = "AcceptCompleted";

    /// <summary>Starts the instance of a system. It is called once for each system.</summary>
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
