using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using ActorP2P.Protocol;

namespace ActorP2P.Tests;

/// <summary>A text that tests use as question, answer, notify or broadcast.</summary>
public sealed record Text(string Value) : IMessage<Text>
{
    public static ushort TypeCode => 0x5401;

    public void Write(IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(Value, writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Text message)
    {
        message = Utf8.IsValid(payload) ? new Text(Encoding.UTF8.GetString(payload)) : null;
        return message is not null;
    }
}
