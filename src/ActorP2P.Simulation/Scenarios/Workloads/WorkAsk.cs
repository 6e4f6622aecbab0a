using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A request of a workload.</summary>
internal sealed record WorkAsk(WorkBody Body) : IMessage<WorkAsk>
{
    public static ushort TypeCode => 0xEA06;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out WorkAsk message)
    {
        message = WorkBody.TryRead(payload, out WorkBody body) ? new WorkAsk(body) : null;
        return message is not null;
    }
}
