using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// Places addresses by a secret, so that nobody else can tell which addresses share a place.
/// </summary>
/// <param name="secret">The secret.</param>
internal sealed class BookHash(byte[] secret)
{
    /// <summary>Bytes of a secret.</summary>
    public const int SecretSize = 32;

    // The longest name, and longer than an address of the book with an id.
    private const int MostText = byte.MaxValue;

    /// <summary>The secret.</summary>
    public ReadOnlySpan<byte> Secret => secret;

    /// <summary>A number that looks random to whoever does not know the secret.</summary>
    /// <param name="purpose">What it is for.</param>
    /// <param name="one">A text.</param>
    /// <param name="two">A text.</param>
    /// <param name="number">A number.</param>
    public ulong Of(byte purpose, string one, string two, ulong number)
    {
        Span<byte> input = stackalloc byte[SecretSize + (2 * MostText) + 16];
        secret.CopyTo(input);
        input[SecretSize] = purpose;
        int length = SecretSize + 1;
        length += Write(one, input[length..]);
        length += Write(two, input[length..]);
        BinaryPrimitives.WriteUInt64BigEndian(input[length..], number);
        length += sizeof(ulong);

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input[..length], digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    // The length before each text keeps two pairs of texts from being one input.
    private static int Write(string text, Span<byte> output)
    {
        int length = Encoding.UTF8.GetBytes(text, output.Slice(1, MostText));
        output[0] = (byte)length;
        return length + 1;
    }
}
