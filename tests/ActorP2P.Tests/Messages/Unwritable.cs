using System.Buffers;

namespace ActorP2P.Tests;

/// <summary>A message that its application cannot write.</summary>
internal sealed record Unwritable : IMessage
{
    public ushort MessageType => Text.TypeCode;

    public void Write(IBufferWriter<byte> writer) => throw new TimeZoneNotFoundException();
}
