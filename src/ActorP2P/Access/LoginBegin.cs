using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Asks for the challenge of a login.</summary>
/// <param name="Nonce">A random number of the node that logs in.</param>
internal sealed record LoginBegin(byte[] Nonce) : IMessage<LoginBegin>
{
    public static ushort TypeCode => 0x0001;

    public void Write(IBufferWriter<byte> writer) => writer.Write(Nonce);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out LoginBegin message)
    {
        message = payload.Length == LoginProof.Size ? new LoginBegin(payload.ToArray()) : null;
        return message is not null;
    }
}
