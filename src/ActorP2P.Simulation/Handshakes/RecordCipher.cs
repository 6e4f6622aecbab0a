using System.Buffers.Binary;

namespace ActorP2P.Simulation;

/// <summary>
/// Hides the bytes of one direction behind a stream of pseudo-random numbers, and adds a check of 16 bytes to each
/// record, as long as the tag of AES-GCM. It protects nothing, but a byte that was changed on its way is noticed.
/// </summary>
internal sealed class RecordCipher
{
    /// <summary>Bytes that a record has more than what it carries: TLS's content type and tag.</summary>
    public const int Overhead = 17;

    private readonly ulong _key;
    private ulong _record;

    public RecordCipher(ReadOnlySpan<byte> key) => _key = BinaryPrimitives.ReadUInt64LittleEndian(key);

    /// <summary>The records that carry some content.</summary>
    public byte[] EncryptAll(ReadOnlySpan<byte> content)
    {
        int records = (content.Length + RecordBuffer.MaxContent - 1) / RecordBuffer.MaxContent;
        byte[] encrypted = new byte[content.Length + (records * (RecordBuffer.HeaderSize + Overhead))];
        Span<byte> rest = encrypted;
        while (!content.IsEmpty)
        {
            ReadOnlySpan<byte> part = content[..Math.Min(RecordBuffer.MaxContent, content.Length)];
            int length = part.Length + Overhead;
            RecordBuffer.WriteHeader(rest, RecordBuffer.Content, length);
            part.CopyTo(rest[RecordBuffer.HeaderSize..]);
            Encrypt(rest.Slice(RecordBuffer.HeaderSize, length));
            rest = rest[(RecordBuffer.HeaderSize + length)..];
            content = content[part.Length..];
        }

        return encrypted;
    }

    /// <summary>Encrypts the next record in place.</summary>
    /// <param name="record">What is carried, and after it <see cref="Overhead"/> bytes of room.</param>
    private void Encrypt(Span<byte> record)
    {
        Span<byte> content = record[..^Overhead];
        ulong state = Begin();
        ulong check = Check(content);
        Hide(content, ref state);
        Span<byte> end = record[^Overhead..];
        end[0] = (byte)Next(ref state);
        BinaryPrimitives.WriteUInt64LittleEndian(end[1..], check ^ Next(ref state));
        BinaryPrimitives.WriteUInt64LittleEndian(end[9..], ~check ^ Next(ref state));
    }

    /// <summary>Decrypts the next record in place.</summary>
    /// <returns>Whether it is as it was sent.</returns>
    public bool TryDecrypt(Span<byte> record)
    {
        if (record.Length < Overhead)
        {
            return false;
        }

        Span<byte> content = record[..^Overhead];
        ulong state = Begin();
        Hide(content, ref state);
        ulong check = Check(content);
        Span<byte> end = record[^Overhead..];
        return end[0] == (byte)Next(ref state)
            && BinaryPrimitives.ReadUInt64LittleEndian(end[1..]) == (check ^ Next(ref state))
            && BinaryPrimitives.ReadUInt64LittleEndian(end[9..]) == (~check ^ Next(ref state));
    }

    private ulong Begin() => _key + (++_record * 0xd1342543de82ef95);

    // SplitMix64: a few operations for 8 bytes, and equal on every machine.
    private static ulong Next(ref ulong state)
    {
        ulong z = state += 0x9e3779b97f4a7c15;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
    }

    private static void Hide(Span<byte> content, ref ulong state)
    {
        while (content.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(
                content, BinaryPrimitives.ReadUInt64LittleEndian(content) ^ Next(ref state));
            content = content[sizeof(ulong)..];
        }

        ulong last = content.IsEmpty ? 0 : Next(ref state);
        for (int i = 0; i < content.Length; i++)
        {
            content[i] ^= (byte)(last >> (8 * i));
        }
    }

    private static ulong Check(ReadOnlySpan<byte> content)
    {
        ulong check = (ulong)content.Length;
        while (content.Length >= sizeof(ulong))
        {
            check = (check ^ BinaryPrimitives.ReadUInt64LittleEndian(content)) * 0x9e3779b97f4a7c15;
            check ^= check >> 29;
            content = content[sizeof(ulong)..];
        }

        foreach (byte last in content)
        {
            check = (check ^ last) * 0x9e3779b97f4a7c15;
        }

        return check ^ (check >> 32);
    }
}
