using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace ActorP2P.Protocol;

/// <summary>
/// A book as bytes, with the anchors, for the node's store: a mark, a format, the secret, the records, the addresses,
/// the anchors, and the SHA-256 of all that. Each number is a varint.
/// </summary>
internal static class BookSnapshot
{
    private const byte Format = 1;
    private const int MostText = byte.MaxValue;

    // A store takes 16 MiB at a time. Addresses whose records are left out are kept without them.
    private const int MostRecordBytes = 8 * 1024 * 1024;

    /// <summary>Writes a book.</summary>
    /// <param name="book">The book.</param>
    /// <param name="anchors">The peers to dial first after a restart.</param>
    public static byte[] Write(AddressBook book, IReadOnlyList<PeerAddress> anchors)
    {
        ArrayBufferWriter<byte> output = new(64 * 1024);
        output.Write("ActorP2P book"u8);
        output.Write([Format]);
        output.Write(book.Hash.Secret);

        int room = MostRecordBytes;
        BookRecord[] records = [.. book.Entries.Where(static entry => entry.Record is not null)
            .Select(static entry => entry.Record!).Distinct().TakeWhile(record => (room -= record.Bytes.Length) >= 0)];
        Dictionary<BookRecord, int> numbers = [];
        WriteNumber(output, (ulong)records.Length);
        Span<byte> id = stackalloc byte[NodeId.Size];
        foreach (BookRecord record in records)
        {
            numbers.Add(record, numbers.Count);
            record.Id.Write(id);
            output.Write(id);
            WriteNumber(output, record.Sequence);
            WriteTime(output, record.MadeAt);
            WriteNumber(output, (ulong)record.Bytes.Length);
            output.Write(record.Bytes);
        }

        WriteNumber(output, (ulong)book.Count);
        foreach (BookEntry entry in book.Entries)
        {
            WriteEntry(output, entry, entry.Record is { } record && numbers.TryGetValue(record, out int number)
                ? number + 1 : 0);
        }

        WriteNumber(output, (ulong)anchors.Count);
        foreach (PeerAddress anchor in anchors)
        {
            WriteText(output, anchor.ToString());
        }

        return [.. output.WrittenSpan, .. SHA256.HashData(output.WrittenSpan)];
    }

    /// <summary>Reads a book.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="seed">The seed of the book's draws.</param>
    /// <param name="now">The time since 1970.</param>
    /// <param name="book">The book.</param>
    /// <param name="anchors">The peers to dial first.</param>
    public static BookFault Read(
        ReadOnlySpan<byte> bytes, ulong seed, TimeSpan now, out AddressBook? book,
        out IReadOnlyList<PeerAddress> anchors)
    {
        book = null;
        anchors = [];
        ReadOnlySpan<byte> mark = "ActorP2P book"u8;
        if (!bytes.StartsWith(mark) || bytes.Length == mark.Length)
        {
            return BookFault.NotABook;
        }

        if (bytes[mark.Length] != Format)
        {
            return BookFault.UnknownFormat;
        }

        int content = bytes.Length - SHA256.HashSizeInBytes;
        int first = mark.Length + 1;
        if (content < first + BookHash.SecretSize
            || !SHA256.HashData(bytes[..content]).AsSpan().SequenceEqual(bytes[content..]))
        {
            return BookFault.Damaged;
        }

        AddressBook read = new(bytes.Slice(first, BookHash.SecretSize), seed);
        BookReader reader = new(bytes[(first + BookHash.SecretSize)..content]);
        if (!TryReadContent(ref reader, read, now, out List<PeerAddress> last))
        {
            return BookFault.Damaged;
        }

        (book, anchors) = (read, last);
        return BookFault.None;
    }

    private static bool TryReadContent(
        ref BookReader reader, AddressBook book, TimeSpan now, out List<PeerAddress> anchors)
    {
        anchors = [];
        if (!reader.TryNumber(AddressBook.Capacity, out ulong records))
        {
            return false;
        }

        List<BookRecord> read = [];
        for (ulong i = 0; i < records; i++)
        {
            if (!reader.TryBytes(NodeId.Size, out ReadOnlySpan<byte> id)
                || !reader.TryNumber(ulong.MaxValue, out ulong sequence) || !reader.TryTime(out TimeSpan? madeAt)
                || !reader.TryNumber(NodeRecord.MaxBytes, out ulong length)
                || !reader.TryBytes((int)length, out ReadOnlySpan<byte> bytes))
            {
                return false;
            }

            read.Add(new BookRecord(new NodeId(id), sequence, madeAt ?? TimeSpan.Zero, bytes.ToArray()));
        }

        return TryReadEntries(ref reader, book, read, now) && TryReadAnchors(ref reader, anchors) && reader.AtEnd;
    }

    private static bool TryReadEntries(
        ref BookReader reader, AddressBook book, List<BookRecord> records, TimeSpan now)
    {
        Dictionary<BookRecord, List<PeerAddress>> addresses = [];
        if (!reader.TryNumber(AddressBook.Capacity, out ulong entries))
        {
            return false;
        }

        for (ulong i = 0; i < entries; i++)
        {
            if (!reader.TryNumber((ulong)records.Count, out ulong record) || !reader.TryText(MostText, out string text)
                || !PeerAddress.TryParse(text, out PeerAddress? address)
                || !reader.TryText(MostText, out string source) || !reader.TryNumber(1, out ulong isTried)
                || !reader.TryNumber(ushort.MaxValue, out ulong failures) || !reader.TryTime(out TimeSpan? seenAt)
                || !reader.TryTime(out TimeSpan? triedAt) || !reader.TryTime(out TimeSpan? workedAt))
            {
                return false;
            }

            BookEntry entry = new(address, source)
            {
                SeenAt = seenAt ?? TimeSpan.Zero,
                TriedAt = triedAt,
                WorkedAt = workedAt,
                Failures = (int)failures,
            };
            book.Restore(entry, isTried == 1, now);
            if (record > 0)
            {
                BookRecord of = records[(int)record - 1];
                addresses.TryAdd(of, []);
                addresses[of].Add(address);
            }
        }

        records.ForEach(record => book.SetRecord(record, addresses.GetValueOrDefault(record, [])));
        return true;
    }

    private static bool TryReadAnchors(ref BookReader reader, List<PeerAddress> anchors)
    {
        if (!reader.TryNumber(OverlayPlan.MostAnchors, out ulong count))
        {
            return false;
        }

        for (ulong i = 0; i < count; i++)
        {
            if (!reader.TryText(MostText, out string text) || !PeerAddress.TryParse(text, out PeerAddress? anchor))
            {
                return false;
            }

            anchors.Add(anchor);
        }

        return true;
    }

    private static void WriteEntry(ArrayBufferWriter<byte> output, BookEntry entry, int record)
    {
        WriteNumber(output, (ulong)record);
        WriteText(output, entry.Address.ToString());
        WriteText(output, entry.Source);
        WriteNumber(output, entry.IsTried ? 1UL : 0UL);
        WriteNumber(output, (ulong)entry.Failures);
        WriteTime(output, entry.SeenAt);
        WriteTime(output, entry.TriedAt);
        WriteTime(output, entry.WorkedAt);
    }

    private static void WriteText(ArrayBufferWriter<byte> output, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(output, (ulong)bytes.Length);
        output.Write(bytes);
    }

    // Zero stands for no time.
    private static void WriteTime(ArrayBufferWriter<byte> output, TimeSpan? time) =>
        WriteNumber(output, time is null ? 0 : (ulong)Math.Max(0, (long)time.Value.TotalMilliseconds) + 1);

    private static void WriteNumber(ArrayBufferWriter<byte> output, ulong number)
    {
        Span<byte> bytes = stackalloc byte[Varint.MaxSize];
        output.Write(bytes[..Varint.Write(bytes, number)]);
    }
}
