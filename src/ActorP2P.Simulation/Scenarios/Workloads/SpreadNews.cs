using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A broadcast that is followed to every node.</summary>
/// <param name="Number">Its number in the run.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record SpreadNews(int Number, int Length) : IMessage<SpreadNews>
{
    /// <summary>Its least length in bytes: the number and some filling.</summary>
    public const int HeadSize = 12;

    public static ushort TypeCode => 0xEA05;

    public void Write(IBufferWriter<byte> writer)
    {
        Span<byte> target = writer.GetSpan(Length)[..Length];
        target.Fill((byte)Number);
        BinaryPrimitives.WriteInt32BigEndian(target, Number);
        writer.Advance(Length);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out SpreadNews message)
    {
        message = payload.Length < HeadSize
            ? null
            : new SpreadNews(BinaryPrimitives.ReadInt32BigEndian(payload), payload.Length);
        return message is not null;
    }
}
