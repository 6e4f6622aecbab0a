using System.Buffers;
using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>
/// A message as a careless caller may make one: of any type and any length, or one that cannot be written.
/// </summary>
internal sealed record AnyMessage(ushort MessageType, int Length) : IMessage
{
    public void Write(IBufferWriter<byte> writer)
    {
        if (Length < 0)
        {
            throw new UnwritableException();
        }

        writer.GetSpan(Length)[..Length].Clear();
        writer.Advance(Length);
    }
}
