using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A notify of a workload.</summary>
internal sealed record WorkNotify(WorkBody Body) : IMessage<WorkNotify>
{
    public static ushort TypeCode => 0xEA08;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out WorkNotify message)
    {
        message = WorkBody.TryRead(payload, out WorkBody body) ? new WorkNotify(body) : null;
        return message is not null;
    }
}
