using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>One response in a fixed number is never sent; the seed decides which.</summary>
internal sealed class DroppedResponse(int oneIn, ulong seed) : IPlantedFault
{
    private int _responses = IPlantedFault.FirstOf(seed, oneIn);

    public IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame) =>
        header.Kind == FrameKind.Response && !header.IsFragment && ++_responses % oneIn == 0 ? [] : [frame];
}
