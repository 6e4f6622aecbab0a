using System.Buffers.Binary;

namespace ActorP2P.Protocol.Tests.Fuzzing;

/// <summary>
/// Changes inputs in ways that break parsers: changed bits, lengths at their limits, and pieces that are lost, doubled
/// or exchanged.
/// </summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    /// <summary>The greatest length of an input, which is that of a few frames of full size.</summary>
    public const int MaxLength = 300_000;

    private const int MostChanges = 6;

    private static readonly uint[] Telling =
    [
        0, 1, 2, 3, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x10001, 0x10040, 0x2000000, 0x2000001,
        0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff,
    ];

    /// <summary>Makes an input from a stored one with one to six changes.</summary>
    public byte[] Mutate(byte[] origin)
    {
        List<byte> bytes = [.. origin];
        for (int changes = random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            Change(bytes);
        }

        return [.. bytes.Take(MaxLength)];
    }

    private void Change(List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1);
        int length = random.Next(random.Next(4) == 0 ? 64 : 8) + 1;
        switch (random.Next(9))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)Telling[random.Next(Telling.Length)];
                break;
            case 2:
                Overwrite(bytes, at);
                break;
            case 3:
                byte[] noise = new byte[length];
                random.NextBytes(noise);
                bytes.InsertRange(at, noise);
                break;
            case 4:
                bytes.RemoveRange(at, Math.Min(length, bytes.Count - at));
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(at, Math.Min(length, bytes.Count - at)));
                break;
            case 6:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 7 when corpus.Count > 0:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other[from..]);
                break;
            default:
                bytes.InsertRange(at, Enumerable.Repeat((byte)random.Next(256), length));
                break;
        }
    }

    private void Overwrite(List<byte> bytes, int at)
    {
        byte[] number = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(number, Telling[random.Next(Telling.Length)]);
        for (int i = 0; i < number.Length && at + i < bytes.Count; i++)
        {
            bytes[at + i] = number[i];
        }
    }
}
