using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A broadcast of the traffic.</summary>
internal sealed record TrafficNews(TrafficBody Body) : IMessage<TrafficNews>
{
    public static ushort TypeCode => 0xEA04;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out TrafficNews message)
    {
        message = TrafficBody.TryRead(payload, out TrafficBody body) ? new TrafficNews(body) : null;
        return message is not null;
    }
}
