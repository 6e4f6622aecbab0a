using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A duplex stream of bytes between two peers. At most one receive and one send are under way at a time; each either
/// ends at once, and its result is returned, or is pending, and its result goes to the <see cref="IConnectionSink"/>
/// later. The sink is never called from within a member of this interface, so that callers loop instead of recursing.
/// </summary>
/// <remarks>
/// A send that fails with <see cref="TransportFault.Reset"/> means that the peer has ended the connection: receiving
/// still delivers what had arrived before, as far as the transport can, and then fails too. Sockets deliver all of it;
/// Akka.IO delivers what it had read, which is all but what still lay in the system's buffer when the send failed.
/// </remarks>
public interface IConnection : IDisposable
{
    /// <summary>Our end.</summary>
    PeerAddress LocalAddress { get; }

    /// <summary>The other end, as the network knows it.</summary>
    PeerAddress RemoteAddress { get; }

    /// <summary>
    /// The id that the peer has proven, once something was received; null where the connection proves none.
    /// </summary>
    NodeId? RemoteId => null;

    /// <summary>Names the sink; called once, before any operation.</summary>
    void Start(IConnectionSink sink);

    /// <summary>
    /// Receives what there is, at least one byte, into <paramref name="buffer"/>. An empty buffer waits until something
    /// can be received, and ends with 0 bytes. The end of the stream is the fault
    /// <see cref="TransportFault.EndOfStream"/>.
    /// </summary>
    /// <param name="buffer">Belongs to the connection until the operation ends.</param>
    OperationResult Receive(Memory<byte> buffer);

    /// <summary>
    /// Sends all bytes of all <paramref name="segments"/> in order; ends when the system has accepted the last of them.
    /// </summary>
    /// <param name="segments">Not empty; belongs to the connection, with the bytes, until the operation ends.</param>
    OperationResult Send(IList<ArraySegment<byte>> segments);

    /// <summary>
    /// Bounds what the system buffers toward the peer, as fits the delay: what it has taken cannot be overtaken. Where
    /// there is no system beneath, nothing happens.
    /// </summary>
    /// <param name="roundTrip">
    /// The round trip as the owner has measured it, threads that waited for their turn included.
    /// </param>
    void BoundSending(TimeSpan roundTrip)
    {
    }

    /// <summary>
    /// Bytes that the peer's side has acknowledged so far, in the middle of a send too; null where the system does not
    /// tell.
    /// </summary>
    long? BytesAcknowledged => null;

    /// <summary>
    /// Bytes that have arrived and were not received yet; 0 also where the system does not tell. May be asked from any
    /// thread.
    /// </summary>
    int BytesWaiting => 0;

    /// <summary>
    /// Ends our direction of the stream behind what was sent (FIN); receiving goes on. Only when no send is under way.
    /// </summary>
    void ShutdownSend();

    /// <summary>
    /// Ends both directions at once (RST). What is under way fails with <see cref="TransportFault.Aborted"/>.
    /// </summary>
    void Abort();

    /// <summary>
    /// Asks for one <see cref="IConnectionSink.OnPosted"/> soon, outside of this call; the way for a caller to go on
    /// without its caller waiting. Works after the connection is closed, too.
    /// </summary>
    void Post();
}
