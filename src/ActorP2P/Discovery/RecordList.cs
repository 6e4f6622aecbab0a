using System.Buffers;
using System.Buffers.Binary;

namespace ActorP2P;

/// <summary>Records on the wire: each with its length, 2 bytes, before it.</summary>
internal static class RecordList
{
    private const int LengthSize = sizeof(ushort);

    /// <summary>The bytes that a record takes.</summary>
    public static int SizeOf(byte[] record) => LengthSize + record.Length;

    public static void Write(IReadOnlyList<byte[]> records, IBufferWriter<byte> writer)
    {
        foreach (byte[] record in records)
        {
            BinaryPrimitives.WriteUInt16BigEndian(writer.GetSpan(LengthSize), (ushort)record.Length);
            writer.Advance(LengthSize);
            writer.Write(record);
        }
    }

    /// <summary>Reads records, whatever is in them.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="most">The most records.</param>
    /// <param name="records">The records.</param>
    /// <returns>False when a length is wrong, or there are more.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, int most, out List<byte[]> records)
    {
        records = [];
        while (bytes.Length >= LengthSize && records.Count < most)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(bytes);
            if (bytes.Length - LengthSize < length)
            {
                return false;
            }

            records.Add(bytes.Slice(LengthSize, length).ToArray());
            bytes = bytes[(LengthSize + length)..];
        }

        return bytes.IsEmpty;
    }
}
