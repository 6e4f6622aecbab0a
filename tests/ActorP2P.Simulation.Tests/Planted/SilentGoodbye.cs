using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>A goodbye without a reason.</summary>
internal sealed class SilentGoodbye : IPlantedFault
{
    public IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame)
    {
        if (header.Kind == FrameKind.Goodbye)
        {
            frame.AsSpan(FrameHeader.Size, sizeof(ushort)).Clear();
        }

        return [frame];
    }
}
