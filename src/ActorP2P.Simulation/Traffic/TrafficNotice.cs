using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A notify of the traffic.</summary>
internal sealed record TrafficNotice(TrafficBody Body) : IMessage<TrafficNotice>
{
    public static ushort TypeCode => 0xEA03;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out TrafficNotice message)
    {
        message = TrafficBody.TryRead(payload, out TrafficBody body) ? new TrafficNotice(body) : null;
        return message is not null;
    }
}
