using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A block of the chain, as it is broadcast. Its content is filling.</summary>
/// <param name="Hash">Its hash.</param>
/// <param name="Parent">The hash of the block before it; 0 for the first block.</param>
/// <param name="Height">Its number in the chain, from 1.</param>
internal sealed record ChainBlock(ulong Hash, ulong Parent, int Height) : IMessage<ChainBlock>
{
    /// <summary>Bytes of its head: the three fields.</summary>
    public const int HeadSize = 20;

    private const int Size = 2048;

    public static ushort TypeCode => 0xEA10;

    public void Write(IBufferWriter<byte> writer)
    {
        Span<byte> target = writer.GetSpan(Size)[..Size];
        target.Fill((byte)Height);
        WriteHead(target);
        writer.Advance(Size);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out ChainBlock message)
    {
        message = payload.Length < Size ? null : ReadHead(payload);
        return message is { Height: > 0 };
    }

    public void WriteHead(Span<byte> target)
    {
        BinaryPrimitives.WriteUInt64BigEndian(target, Hash);
        BinaryPrimitives.WriteUInt64BigEndian(target[8..], Parent);
        BinaryPrimitives.WriteInt32BigEndian(target[16..], Height);
    }

    public static ChainBlock ReadHead(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt64BigEndian(source), BinaryPrimitives.ReadUInt64BigEndian(source[8..]),
        BinaryPrimitives.ReadInt32BigEndian(source[16..]));
}
