using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A notify that no node can read.</summary>
internal sealed record MalformedNotify(WorkBody Body) : IMessage<MalformedNotify>
{
    public static ushort TypeCode => 0xEA0A;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out MalformedNotify message)
    {
        message = null;
        return false;
    }
}
