using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>
/// From time to time a broadcast is relayed twice to the same peer, the second time as a new message.
/// </summary>
internal sealed class LoopingRelay(int oneIn, ulong seed) : IPlantedFault
{
    private int _broadcasts = IPlantedFault.FirstOf(seed, oneIn);

    public IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame)
    {
        if (header.Kind != FrameKind.Broadcast || header.IsFragment || ++_broadcasts % oneIn != 0)
        {
            return [frame];
        }

        byte[] again = [.. frame];
        (header with { Id = header.Id + (1UL << 40) }).Write(again);
        return [frame, again];
    }
}
