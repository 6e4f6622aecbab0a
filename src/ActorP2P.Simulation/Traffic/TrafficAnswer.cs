using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The answer to a <see cref="TrafficAsk"/>: the same body again.</summary>
internal sealed record TrafficAnswer(TrafficBody Body) : IMessage<TrafficAnswer>
{
    public static ushort TypeCode => 0xEA02;

    public void Write(IBufferWriter<byte> writer) => Body.Write(writer);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out TrafficAnswer message)
    {
        message = TrafficBody.TryRead(payload, out TrafficBody body) ? new TrafficAnswer(body) : null;
        return message is not null;
    }
}
