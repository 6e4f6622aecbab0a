using System.Buffers;
using System.Buffers.Binary;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>The content of every message of the traffic.</summary>
/// <param name="Origin">The number of the node that made it.</param>
/// <param name="Life">The number of that node's life.</param>
/// <param name="Sequence">Its number in that life.</param>
/// <param name="Lane">The lane it was sent in.</param>
/// <param name="Filling">The number of bytes that follow, each the lowest byte of the sequence.</param>
internal readonly record struct TrafficBody(int Origin, int Life, long Sequence, Lane Lane, int Filling)
{
    private const int HeadSize = 4 + 4 + 8 + 1;

    public void Write(IBufferWriter<byte> writer)
    {
        Span<byte> target = writer.GetSpan(HeadSize + Filling)[..(HeadSize + Filling)];
        BinaryPrimitives.WriteInt32BigEndian(target, Origin);
        BinaryPrimitives.WriteInt32BigEndian(target[4..], Life);
        BinaryPrimitives.WriteInt64BigEndian(target[8..], Sequence);
        target[16] = (byte)Lane;
        target[HeadSize..].Fill((byte)Sequence);
        writer.Advance(HeadSize + Filling);
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, out TrafficBody body)
    {
        if (payload.Length < HeadSize)
        {
            body = default;
            return false;
        }

        body = new TrafficBody(
            BinaryPrimitives.ReadInt32BigEndian(payload),
            BinaryPrimitives.ReadInt32BigEndian(payload[4..]),
            BinaryPrimitives.ReadInt64BigEndian(payload[8..]),
            (Lane)payload[16],
            payload.Length - HeadSize);
        return !payload[HeadSize..].ContainsAnyExcept((byte)body.Sequence);
    }
}
