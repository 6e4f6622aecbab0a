using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A broadcast that every node rejects.</summary>
internal sealed record InvalidNews(WorkBody Body) : IMessage<InvalidNews>
{
    public static ushort TypeCode => 0xEA0A;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out InvalidNews message)
    {
        message = WorkBody.TryRead(payload, out WorkBody body) ? new InvalidNews(body) : null;
        return message is not null;
    }
}
