using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using BlockMesh.Chain;

namespace BlockMesh.Storage;

/// <summary>
/// A file that only grows: a preamble that says what it is, then records, each with its length and checksum ahead of
/// it. A process may be killed between any two bytes of a write; the next opening finds the half-written record and
/// cuts it off. What is cut off is set aside: it may be whole but for a bit, and only people can say what it is worth.
/// </summary>
/// <remarks>
/// Preamble: 8 bytes that name the format, the 32 bytes of the genesis hash. Record: length u32, the first 8 bytes of the SHA-256
/// of length and payload, payload; big-endian.
/// </remarks>
internal sealed class RecordLog : IDisposable
{
    private const int PreambleSize = 8 + Hash256.Size;
    private const int ChecksumSize = 8;
    private const int LengthSize = 4;
    private const int RecordHeaderSize = LengthSize + ChecksumSize;

    // A store that is damaged again and again must not fill the disk: the last copy is written over.
    private const int MaxCopies = 9;
    private const string LastCopy = ".cut-9";

    private readonly FileStream _file;
    private readonly int _maxPayload;
    private bool _changed;

    private RecordLog(FileStream file, int maxPayload)
    {
        _file = file;
        _maxPayload = maxPayload;
    }

    // The last byte is the version of the format.
    private static ReadOnlySpan<byte> FormatName => "BMCHAIN\x01"u8;

    /// <summary>Opens a log or makes a new one; call <see cref="Recover"/> before appending.</summary>
    /// <param name="path">The file.</param>
    /// <param name="genesis">The chain it must be of.</param>
    /// <param name="maxPayload">The longest payload of a record in bytes.</param>
    public static RecordLog Open(string path, Hash256 genesis, int maxPayload)
    {
        // Unbuffered: what a killed process has appended must already be with the system.
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        try
        {
            OpenPreamble(file, genesis);
            return new RecordLog(file, maxPayload);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads all records in order, and cuts the file behind the last one that is whole and taken.</summary>
    /// <param name="take">Takes a payload, valid only during the call; false cuts the file ahead of that record.</param>
    /// <returns>What was cut off; null when nothing was.</returns>
    public LogCut? Recover(RecordTaker take)
    {
        long length = _file.Length;
        long position = PreambleSize;
        LogCutCause? cause = null;
        byte[] buffer = [];
        _file.Position = position;
        while (cause is null && position < length)
        {
            cause = ReadRecord(length - position, ref buffer, out int payload);
            if (cause is null && !take(buffer.AsSpan(0, payload)))
            {
                cause = LogCutCause.Orphaned;
            }

            position += cause is null ? RecordHeaderSize + payload : 0;
        }

        if (cause is null)
        {
            return null;
        }

        string copy = SetAside(position);
        _changed = true;
        _file.SetLength(position);
        _file.Position = position;
        string name = Path.GetFileName(_file.Name);
        return new LogCut(name, position, length - position, cause.Value, Path.GetFileName(copy));
    }

    /// <summary>
    /// Copies the end of the file into one of its own, and has it on the disk before anything is cut.
    /// </summary>
    private string SetAside(long position)
    {
        string copy = Enumerable.Range(1, MaxCopies)
            .Select(number => string.Create(CultureInfo.InvariantCulture, $"{_file.Name}.cut-{number}"))
            .First(path => path.EndsWith(LastCopy, StringComparison.Ordinal) || !File.Exists(path));
        using FileStream aside = new(copy, FileMode.Create, FileAccess.Write);
        _file.Position = position;
        _file.CopyTo(aside);
        aside.Flush(flushToDisk: true);
        return copy;
    }

    /// <summary>Appends a record; it is with the system, if not yet on the disk, when this returns.</summary>
    public void Append(ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, _maxPayload, nameof(payload));
        byte[] record = new byte[RecordHeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(record, payload.Length);
        payload.CopyTo(record.AsSpan(RecordHeaderSize));
        WriteChecksum(record.AsSpan(0, LengthSize), payload, record.AsSpan(LengthSize, ChecksumSize));
        _changed = true;
        _file.Write(record);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_changed)
        {
            _changed = false;
            _file.Flush(flushToDisk: true);
        }

        _file.Dispose();
    }

    private static void OpenPreamble(FileStream file, Hash256 genesis)
    {
        Span<byte> wanted = stackalloc byte[PreambleSize];
        FormatName.CopyTo(wanted);
        genesis.CopyTo(wanted[FormatName.Length..]);

        Span<byte> found = stackalloc byte[PreambleSize];
        int read = file.ReadAtLeast(found, PreambleSize, throwOnEndOfStream: false);
        if (read < PreambleSize && wanted.StartsWith(found[..read]))
        {
            // New, or its maker was killed before the preamble was whole.
            file.SetLength(0);
            file.Write(wanted);
            return;
        }

        string name = Path.GetFileName(file.Name);
        if (!found.StartsWith(FormatName))
        {
            throw new ChainStoreException(ChainStoreFault.NotAStore, $"{name} is not a file of a chain store.");
        }

        if (!found.SequenceEqual(wanted))
        {
            string other = read == PreambleSize ? new Hash256(found[FormatName.Length..]).ToString() : "unknown";
            throw new ChainStoreException(
                ChainStoreFault.OtherChain, $"{name} belongs to the chain with genesis {other}, not {genesis}.");
        }
    }

    private static void WriteChecksum(ReadOnlySpan<byte> length, ReadOnlySpan<byte> payload, Span<byte> checksum)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(length);
        hash.AppendData(payload);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        digest[..ChecksumSize].CopyTo(checksum);
    }

    private LogCutCause? ReadRecord(long remaining, ref byte[] buffer, out int payload)
    {
        payload = 0;
        Span<byte> header = stackalloc byte[RecordHeaderSize];
        if (remaining < RecordHeaderSize)
        {
            return LogCutCause.HalfWritten;
        }

        _file.ReadExactly(header);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header);
        if (length > _maxPayload)
        {
            return LogCutCause.Damaged;
        }

        if (length > remaining - RecordHeaderSize)
        {
            return LogCutCause.HalfWritten;
        }

        payload = (int)length;
        if (buffer.Length < payload)
        {
            buffer = new byte[payload];
        }

        Span<byte> body = buffer.AsSpan(0, payload);
        _file.ReadExactly(body);
        Span<byte> checksum = stackalloc byte[ChecksumSize];
        WriteChecksum(header[..LengthSize], body, checksum);
        return checksum.SequenceEqual(header[LengthSize..]) ? null : LogCutCause.Damaged;
    }
}
