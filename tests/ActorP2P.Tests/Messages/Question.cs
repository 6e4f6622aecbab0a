using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace ActorP2P.Tests;

/// <summary>A request type that names the type of its answer.</summary>
public sealed record Question(string Value) : IMessage<Question>, IRequest<Text>
{
    public static ushort TypeCode => 0x5403;

    public void Write(IBufferWriter<byte> writer) => Encoding.UTF8.GetBytes(Value, writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Question message)
    {
        message = new Question(Encoding.UTF8.GetString(payload));
        return true;
    }
}
