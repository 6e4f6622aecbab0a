using ActorP2P.Protocol;

namespace ActorP2P.TestKit.Tests;

/// <summary>One response in so many is never sent.</summary>
internal sealed class DroppedResponse(int oneIn) : IPlantedFault
{
    private int _responses;

    public IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame) =>
        header.Kind == FrameKind.Response && !header.IsFragment && ++_responses % oneIn == 0 ? [] : [frame];
}
