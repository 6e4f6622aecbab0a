using ActorP2P.Transport;
using Akka.IO;

namespace ActorP2P;

/// <summary>
/// Reports accepts that a listener must repeat. Without file descriptors Akka.IO retries every 10 ms and reports that
/// only in its statistics, every 10 s.
/// </summary>
internal sealed class AkkaIoRetriedAccepts : AkkaIoRef
{
    private readonly Action<TransportError> _report;
    private long _reported;

    private AkkaIoRetriedAccepts(ExtendedActorSystem system, Action<TransportError> report)
        : base(system) => _report = report;

    /// <summary>Begins to watch a new listener, until the listener ends.</summary>
    public static void Watch(ExtendedActorSystem system, IActorRef listener, Action<TransportError> report)
    {
        AkkaIoRetriedAccepts watcher = new(system, report);
        listener.Tell(new Tcp.SubscribeToTcpListenerStats(watcher), watcher);
    }

    protected override void On(object message, IActorRef sender)
    {
        if (message is not Tcp.TcpListenerStatistics { RetriedIncomingConnections: long retried })
        {
            return;
        }

        long more = retried - Interlocked.Exchange(ref _reported, retried);
        if (more > 0)
        {
            TransportFault fault = AkkaIoDescriptors.AreOut ? TransportFault.TooManyOpenFiles : TransportFault.Other;
            _report(new TransportError(fault, $"{more} accepts had to be repeated"));
        }
    }
}
