using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The answer to a <see cref="WorkAsk"/>, of the length that it wants.</summary>
internal sealed record WorkAnswer(WorkBody Body) : IMessage<WorkAnswer>
{
    public static ushort TypeCode => 0xEA07;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out WorkAnswer message)
    {
        message = WorkBody.TryRead(payload, out WorkBody body) ? new WorkAnswer(body) : null;
        return message is not null;
    }
}
