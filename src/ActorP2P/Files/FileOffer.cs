using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A file that a peer wants to send. A peer cannot name a path: the name is that of a file alone.</summary>
public sealed record FileOffer : IMessage<FileOffer>
{
    /// <summary>
    /// The longest name, in bytes of UTF-8: that of most file systems, less the end of the name of a partial file.
    /// </summary>
    public const int MaxName = 240;

    // Names of devices on Windows, with any extension.
    private static readonly string[] s_devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    // What separates the parts of paths, or has a meaning in them, on some operating system.
    private static readonly SearchValues<char> s_separators = SearchValues.Create("/\\:*?\"<>|\0");

    internal FileOffer(string name, long length, bool isFromStart)
    {
        Name = name;
        Length = length;
        IsFromStart = isFromStart;
    }

    /// <inheritdoc/>
    static ushort IMessage<FileOffer>.TypeCode => 0x0001;

    /// <summary>The file's name, without any path.</summary>
    public string Name { get; }

    /// <summary>The file's length in bytes, as the peer says.</summary>
    public long Length { get; }

    /// <summary>Whether the peer sends all bytes, even if a part of them has arrived before.</summary>
    public bool IsFromStart { get; }

    /// <summary>Whether a name is that of a file alone, on every operating system.</summary>
    /// <param name="name">The name.</param>
    public static bool IsName([NotNullWhen(true)] string? name)
    {
        if (string.IsNullOrEmpty(name) || Encoding.UTF8.GetByteCount(name) > MaxName
            || name is "." or ".." || name[^1] is '.' or ' ' || !PrintableText.IsPrintable(name)
            || name.AsSpan().ContainsAny(s_separators))
        {
            return false;
        }

        string stem = name.Split('.')[0].TrimEnd('1', '2', '3', '4', '5', '6', '7', '8', '9');
        return !s_devices.Contains(stem, StringComparer.OrdinalIgnoreCase);
    }

    /// <inheritdoc/>
    void IMessage.Write(IBufferWriter<byte> writer)
    {
        Span<byte> head = writer.GetSpan(sizeof(long) + 1);
        BinaryPrimitives.WriteInt64BigEndian(head, Length);
        head[sizeof(long)] = IsFromStart ? (byte)1 : (byte)0;
        writer.Advance(sizeof(long) + 1);
        Encoding.UTF8.GetBytes(Name, writer);
    }

    /// <inheritdoc/>
    static bool IMessage<FileOffer>.TryRead(
        ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out FileOffer message)
    {
        message = null;
        if (payload.Length <= sizeof(long) + 1 || payload[sizeof(long)] > 1
            || !Utf8.IsValid(payload[(sizeof(long) + 1)..]))
        {
            return false;
        }

        long length = BinaryPrimitives.ReadInt64BigEndian(payload);
        string name = Encoding.UTF8.GetString(payload[(sizeof(long) + 1)..]);
        message = length >= 0 && IsName(name) ? new FileOffer(name, length, payload[sizeof(long)] == 1) : null;
        return message is not null;
    }
}
