using System.Buffers;
using System.Buffers.Binary;

namespace ActorP2P.Simulation;

/// <summary>The content of a message of a workload: its number, a length that it asks for, and filling.</summary>
internal readonly record struct WorkBody(int Number, int Wanted, int Length)
{
    /// <summary>Its least length in bytes.</summary>
    public const int HeadSize = 8;

    public void Write(IBufferWriter<byte> writer)
    {
        Span<byte> target = writer.GetSpan(Length)[..Length];
        target.Fill((byte)Number);
        BinaryPrimitives.WriteInt32BigEndian(target, Number);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], Wanted);
        writer.Advance(Length);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, out WorkBody body)
    {
        body = payload.Length < HeadSize
            ? default
            : new WorkBody(
                BinaryPrimitives.ReadInt32BigEndian(payload), BinaryPrimitives.ReadInt32BigEndian(payload[4..]),
                payload.Length);
        return payload.Length >= HeadSize && body.Wanted >= 0;
    }
}
