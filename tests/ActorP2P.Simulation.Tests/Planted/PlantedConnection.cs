using ActorP2P.Protocol;
using ActorP2P.Transport;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// A connection that sends something else than it is given. It relies on the node sending only whole frames at a time.
/// </summary>
internal sealed class PlantedConnection(string node, IConnection inner, IPlantedFault fault) : IConnection
{
    public PeerAddress LocalAddress => inner.LocalAddress;

    public PeerAddress RemoteAddress => inner.RemoteAddress;

    public void Start(IConnectionSink sink) => inner.Start(sink);

    public OperationResult Receive(Memory<byte> buffer) => inner.Receive(buffer);

    public OperationResult Send(IList<ArraySegment<byte>> segments)
    {
        ReadOnlySpan<byte> bytes = segments.SelectMany(segment => segment).ToArray();
        int total = bytes.Length;
        List<ArraySegment<byte>> replaced = [];
        while (!bytes.IsEmpty)
        {
            FrameHeader header = FrameHeader.Read(bytes);
            int length = FrameHeader.Size + (int)header.Length;
            replaced.AddRange(
                fault.Replace(node, this, header, bytes[..length].ToArray()).Select(
                    frame => new ArraySegment<byte>(frame)));
            bytes = bytes[length..];
        }

        return replaced.Count == 0 ? OperationResult.Completed(total) : inner.Send(replaced);
    }

    public void BoundSending(TimeSpan roundTrip) => fault.OnBounded(node, roundTrip);

    public void ShutdownSend() => inner.ShutdownSend();

    public void Abort() => inner.Abort();

    public void Post() => inner.Post();

    public void Dispose() => inner.Dispose();
}
