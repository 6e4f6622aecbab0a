using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Tests.Faults;

/// <summary>A message that can be written but whose reader fails.</summary>
public sealed record Unreadable(Mishap Mishap) : IMessage<Unreadable>
{
    public static ushort TypeCode => 0x5403;

    public void Write(IBufferWriter<byte> writer) => writer.Write([(byte)Mishap]);

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Unreadable message) =>
        (Mishap)payload[0] == Mishap.Throw
            ? throw new FormatException("a reader's fault")
            : payload[1..][0] == 0 & (message = null) is not null;
}
