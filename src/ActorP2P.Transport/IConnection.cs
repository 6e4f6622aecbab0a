using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// A stream of bytes in both directions between two peers. At most one receive and one send are in progress at a time.
/// An operation either ends at once and returns its result, or it is pending and its result goes to the
/// <see cref="IConnectionSink"/> later. The sink is never called within a member of this interface, so that callers can
/// loop instead of recursing.
/// </summary>
/// <remarks>
/// A send that fails with <see cref="TransportFault.Reset"/> means that the peer has ended the connection. A receive
/// then still delivers the bytes that had arrived before, as far as the transport can, and fails after them. Sockets
/// deliver all of these bytes. Akka.IO delivers those that it had read, but not those that were still in the system's
/// buffer when the send failed.
/// </remarks>
public interface IConnection : IDisposable
{
    /// <summary>The address of this end.</summary>
    PeerAddress LocalAddress { get; }

    /// <summary>The address of the other end, as the network reports it.</summary>
    PeerAddress RemoteAddress { get; }

    /// <summary>
    /// The id that the peer has proven, once bytes were received; null if the connection proves none.
    /// </summary>
    NodeId? RemoteId => null;

    /// <summary>Sets the sink. Call it once, before any operation.</summary>
    void Start(IConnectionSink sink);

    /// <summary>
    /// Receives the available bytes, at least one, into <paramref name="buffer"/>. With an empty buffer it waits until
    /// bytes can be received and ends with 0 bytes. The end of the stream is the fault
    /// <see cref="TransportFault.EndOfStream"/>.
    /// </summary>
    /// <param name="buffer">The buffer; it belongs to the connection until the operation ends.</param>
    OperationResult Receive(Memory<byte> buffer);

    /// <summary>
    /// Sends all bytes of all <paramref name="segments"/> in order. It ends when the operating system has accepted the
    /// last byte.
    /// </summary>
    /// <param name="segments">
    /// The segments, at least one; the list and the bytes belong to the connection until the operation ends.
    /// </param>
    OperationResult Send(IList<ArraySegment<byte>> segments);

    /// <summary>
    /// Limits what the operating system buffers for the peer to a size that suits the delay, because buffered bytes
    /// cannot be overtaken. It does nothing on a transport without such a buffer.
    /// </summary>
    /// <param name="roundTrip">
    /// The round trip that the owner has measured, which includes the time that threads waited for their turn.
    /// </param>
    void BoundSending(TimeSpan roundTrip)
    {
    }

    /// <summary>
    /// Bytes that the peer's host has acknowledged so far, even in the middle of a send; null if the operating system
    /// does not report them.
    /// </summary>
    long? BytesAcknowledged => null;

    /// <summary>
    /// Bytes that have arrived and are not received yet; 0 also if the operating system does not report them. Any
    /// thread may ask.
    /// </summary>
    int BytesWaiting => 0;

    /// <summary>
    /// Ends this side's direction of the stream after the bytes that were sent (FIN); receiving goes on. Call it only
    /// while no send is in progress.
    /// </summary>
    void ShutdownSend();

    /// <summary>
    /// Ends both directions at once (RST). Operations in progress fail with <see cref="TransportFault.Aborted"/>.
    /// </summary>
    void Abort();

    /// <summary>
    /// Requests one call of <see cref="IConnectionSink.OnPosted"/> soon, outside of this call, so that a caller can
    /// continue its work without delaying its own caller. It works even after the connection is closed.
    /// </summary>
    void Post();
}
