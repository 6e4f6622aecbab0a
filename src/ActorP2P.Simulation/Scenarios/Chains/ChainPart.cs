using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A block and those before it, the newest first; empty when the asked node has no such block.</summary>
internal sealed record ChainPart(IReadOnlyList<ChainBlock> Blocks) : IMessage<ChainPart>
{
    /// <summary>The most blocks of an answer.</summary>
    public const int MostBlocks = 64;

    public static ushort TypeCode => 0xEA12;

    public void Write(IBufferWriter<byte> writer)
    {
        foreach (ChainBlock block in Blocks)
        {
            block.WriteHead(writer.GetSpan(ChainBlock.HeadSize));
            writer.Advance(ChainBlock.HeadSize);
        }
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out ChainPart message)
    {
        message = null;
        int count = payload.Length / ChainBlock.HeadSize;
        if (payload.Length % ChainBlock.HeadSize != 0 || count > MostBlocks)
        {
            return false;
        }

        ChainBlock[] blocks = new ChainBlock[count];
        for (int i = 0; i < count; i++)
        {
            blocks[i] = ChainBlock.ReadHead(payload[(i * ChainBlock.HeadSize)..]);
        }

        message = new ChainPart(blocks);
        return true;
    }
}
