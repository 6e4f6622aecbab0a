using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The request that opens a stream of a workload.</summary>
internal sealed record WorkStream(WorkBody Body) : IMessage<WorkStream>
{
    public static ushort TypeCode => 0xEA09;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out WorkStream message)
    {
        message = WorkBody.TryRead(payload, out WorkBody body) ? new WorkStream(body) : null;
        return message is not null;
    }
}
