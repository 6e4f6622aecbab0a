using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Answers the challenge of a login.</summary>
/// <param name="Proof">The proof of the node that logs in.</param>
internal sealed record LoginProve(byte[] Proof) : IMessage<LoginProve>
{
    public static ushort TypeCode => 0x0002;

    public void Write(IBufferWriter<byte> writer) => writer.Write(Proof);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out LoginProve message)
    {
        message = payload.Length == LoginProof.Size ? new LoginProve(payload.ToArray()) : null;
        return message is not null;
    }
}
