using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A request of the traffic.</summary>
internal sealed record TrafficAsk(TrafficBody Body) : IMessage<TrafficAsk>
{
    public static ushort TypeCode => 0xEA01;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out TrafficAsk message)
    {
        message = TrafficBody.TryRead(payload, out TrafficBody body) ? new TrafficAsk(body) : null;
        return message is not null;
    }
}
