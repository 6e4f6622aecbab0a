namespace ActorP2P;

/// <summary>
/// Encrypts a node's connections and proves the peers' ids. A node that requires encryption uses TLS 1.3 where its host
/// supplies nothing else (<see cref="P2PNodeServices.Handshake"/>).
/// </summary>
public interface IHandshake
{
    /// <summary>
    /// A transport over another. Its connections give the proven id of the peer in <see cref="IConnection.RemoteId"/>
    /// before the first byte is received. A dial to an address with an id fails with
    /// <see cref="TransportFault.WrongNode"/> when another node answers, and neither a hello nor a message is sent to
    /// that node. If the transport is <see cref="IDisposable"/>, the node disposes it when its connections have ended.
    /// </summary>
    /// <param name="inner">Carries the encrypted bytes; the caller disposes it.</param>
    /// <param name="identity">Who this node is; the caller disposes it.</param>
    /// <exception cref="ArgumentException">
    /// The identity cannot prove its id in this way, for example without a key.
    /// </exception>
    ITransport Over(ITransport inner, NodeIdentity identity);
}
