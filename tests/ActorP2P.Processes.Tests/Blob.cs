using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Processes.Tests;

/// <summary>Any bytes.</summary>
public sealed record Blob(byte[] Bytes) : IMessage<Blob>
{
    /// <inheritdoc/>
    public static ushort TypeCode => 0x5402;

    /// <inheritdoc/>
    public void Write(IBufferWriter<byte> writer) => writer.Write(Bytes);

    /// <inheritdoc/>
    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out Blob message)
    {
        message = new Blob(payload.ToArray());
        return true;
    }
}
