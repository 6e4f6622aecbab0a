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
    /// <param name="content">The content.</param>
    /// <param name="total">Its bytes.</param>
    public byte[] EncryptAll(IList<ArraySegment<byte>> content, int total)
    {
        int records = (total + RecordBuffer.MaxContent - 1) / RecordBuffer.MaxContent;
        byte[] encrypted = GC.AllocateUninitializedArray<byte>(
            total + (records * (RecordBuffer.HeaderSize + Overhead)));
        Span<byte> rest = encrypted;
        int segment = 0;
        int taken = 0;
        for (int left = total; left > 0;)
        {
            int part = Math.Min(RecordBuffer.MaxContent, left);
            RecordBuffer.WriteHeader(rest, RecordBuffer.Content, part + Overhead);
            Gather(content, ref segment, ref taken, rest.Slice(RecordBuffer.HeaderSize, part));
            Encrypt(rest.Slice(RecordBuffer.HeaderSize, part + Overhead));
            rest = rest[(RecordBuffer.HeaderSize + part + Overhead)..];
            left -= part;
        }

        return encrypted;
    }

    /// <summary>Copies the next bytes of some segments.</summary>
    private static void Gather(
        IList<ArraySegment<byte>> content, ref int segment, ref int taken, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            ArraySegment<byte> source = content[segment];
            int count = Math.Min(source.Count - taken, destination.Length);
            source.AsSpan(taken, count).CopyTo(destination);
            destination = destination[count..];
            taken += count;
            if (taken == source.Count)
            {
                segment++;
                taken = 0;
            }
        }
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
