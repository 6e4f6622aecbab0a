using ActorP2P.Protocol;

namespace ActorP2P.Tests.Hostile;

/// <summary>A stream of bytes to a node, without any protocol.</summary>
internal interface IRawWire : IDisposable
{
    PeerAddress LocalAddress { get; }

    Task SendAsync(byte[] bytes);

    /// <summary>Receives some bytes; none when the stream has ended in any way.</summary>
    Task<int> ReceiveAsync(byte[] buffer);

    /// <summary>Resets the connection (RST).</summary>
    void Reset();
}
