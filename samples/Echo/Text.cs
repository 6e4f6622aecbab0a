using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using ActorP2P;

namespace Echo;

/// <summary>A message: a type code (the high byte is the service), and how it is written and read.</summary>
public sealed record Text(string Value) : IMessage<Text>
{
    public static ushort TypeCode => 0x0101;

    public void Write(IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(Value, writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Text message)
    {
        message = new Text(Encoding.UTF8.GetString(payload));
        return true;
    }
}
