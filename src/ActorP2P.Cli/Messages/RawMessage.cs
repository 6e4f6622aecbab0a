using System.Buffers;

namespace ActorP2P.Cli.Messages;

/// <summary>A message of any type, as bytes.</summary>
internal sealed class RawMessage(ushort type, ReadOnlyMemory<byte> payload) : IMessage
{
    public ushort MessageType => type;

    public ReadOnlyMemory<byte> Payload => payload;

    public void Write(IBufferWriter<byte> writer) => writer.Write(payload.Span);
}
