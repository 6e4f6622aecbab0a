using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The answer to a request of a login.</summary>
/// <param name="Outcome">The outcome. One that this node does not know counts as a refusal.</param>
/// <param name="Bytes">The challenge or the node's own proof; empty unless the outcome is Ok.</param>
internal sealed record LoginReply(LoginOutcome Outcome, byte[] Bytes) : IMessage<LoginReply>
{
    public static ushort TypeCode => 0x0003;

    /// <summary>An answer without bytes.</summary>
    public static LoginReply Of(LoginOutcome outcome) => new(outcome, []);

    public void Write(IBufferWriter<byte> writer)
    {
        writer.Write([(byte)Outcome]);
        writer.Write(Bytes);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out LoginReply message)
    {
        message = payload is [var outcome, .. var rest]
            && rest.Length == ((LoginOutcome)outcome == LoginOutcome.Ok ? LoginProof.Size : 0)
            ? new LoginReply((LoginOutcome)outcome, rest.ToArray())
            : null;
        return message is not null;
    }
}
