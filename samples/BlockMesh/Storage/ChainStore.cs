using BlockMesh.Chain;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using NBitcoin;

namespace BlockMesh.Storage;

/// <summary>
/// The chain that a node has verified: headers and blocks in SQLite, in a file if the store has a directory and in
/// memory otherwise. Safe for concurrent use.
/// </summary>
public sealed class ChainStore : IChainView, IDisposable
{
    /// <summary>
    /// The most announced blocks that are remembered, so that a peer that announces endlessly cannot fill the memory.
    /// </summary>
    public const int MaxAnnounced = 8;

    private readonly Lock _gate = new();
    private readonly ChainRules _rules;
    private readonly ChainDatabase _database;
    private readonly HeaderChain _headers;
    private readonly UnspentOutputs _unspent = new();
    private readonly List<uint256> _announced = [];
    private int _blockCount;
    private bool _writeFailed;

    private ChainStore(ChainRules rules, ChainDatabase database)
    {
        _rules = rules;
        _database = database;
        _headers = new HeaderChain(rules);
    }

    /// <summary>Raised after each block that is appended.</summary>
    public event Action<Block>? BlockAppended;

    /// <inheritdoc/>
    public int HeaderCount
    {
        get
        {
            lock (_gate)
            {
                return _headers.Count;
            }
        }
    }

    /// <inheritdoc/>
    public int BlockCount
    {
        get
        {
            lock (_gate)
            {
                return _blockCount;
            }
        }
    }

    /// <summary>The hashes of the valid blocks that were announced, the oldest first.</summary>
    public IReadOnlyList<uint256> Announced
    {
        get
        {
            lock (_gate)
            {
                return [.. _announced];
            }
        }
    }

    /// <summary>The damaged file that was renamed when the store was opened; null when there was none.</summary>
    public SetAside? SetAside { get; private init; }

    /// <summary>Makes a store in memory.</summary>
    public static ChainStore InMemory(ChainRules rules) => new(rules, ChainDatabase.InMemory(rules));

    /// <summary>
    /// Opens the store of a directory, or makes a new one, and verifies everything in it. A damaged file is renamed and
    /// replaced by a new one.
    /// </summary>
    /// <exception cref="ChainStoreException">
    /// The store is in use, cannot be accessed, or is not a store of this chain.
    /// </exception>
    public static ChainStore Open(string directory, ChainRules rules, ILogger<ChainStore>? logger = null)
    {
        logger ??= NullLogger<ChainStore>.Instance;
        try
        {
            ChainStore store;
            try
            {
                store = Load(directory, rules, setAside: null);
            }
            catch (ChainStoreException e) when (e.Reason == ChainStoreFault.Damaged)
            {
                SetAside aside = ChainDatabase.SetAside(directory, e.Message);
                StorageLog.SetAside(logger, directory, aside.File, aside.Reason, aside.Copy);
                store = Load(directory, rules, aside);
            }

            StorageLog.Opened(logger, directory, store.HeaderCount, store.BlockCount);
            return store;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainStoreException(
                ChainStoreFault.Unreachable, $"The store '{directory}' cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>Judges headers that should follow the last one, and keeps those before the first invalid one.</summary>
    /// <param name="bytes">Whole headers, at most as many as one message has.</param>
    /// <exception cref="ChainStoreException">They cannot be written.</exception>
    public HeaderAppend AppendHeaders(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            ThrowIfWriteFailed();
            int from = _headers.Count;
            int accepted = 0;
            HeaderVerdict verdict = HeaderVerdict.Accepted;
            while (verdict == HeaderVerdict.Accepted && accepted * BlockHeader.Size < bytes.Length)
            {
                ReadOnlySpan<byte> header = bytes.Slice(accepted * BlockHeader.Size, BlockHeader.Size);
                verdict = _headers.Append(ChainFormat.ReadHeader(header, _rules.Network));
                accepted += verdict == HeaderVerdict.Accepted ? 1 : 0;
            }

            ReadOnlySpan<byte> kept = bytes[..(accepted * BlockHeader.Size)];
            try
            {
                _database.AddHeaders(from, kept);
            }
            catch (Exception e) when (IsFailedWrite(e))
            {
                throw WriteFailed(e);
            }

            return new HeaderAppend(accepted, verdict);
        }
    }

    /// <summary>Judges a block that should be the next one, and keeps it if it is valid.</summary>
    /// <exception cref="ChainStoreException">It cannot be written.</exception>
    public BlockVerdict AppendBlock(ReadOnlyMemory<byte> bytes)
    {
        BlockVerdict verdict;
        Block? block;
        lock (_gate)
        {
            ThrowIfWriteFailed();
            verdict = Take(bytes.Span, out block);
            try
            {
                if (verdict == BlockVerdict.Valid)
                {
                    _database.AddBlock(_blockCount - 1, bytes.Span);
                }
            }
            catch (Exception e) when (IsFailedWrite(e))
            {
                throw WriteFailed(e);
            }
        }

        if (verdict == BlockVerdict.Valid)
        {
            BlockAppended?.Invoke(block!);
        }

        return verdict;
    }

    /// <summary>Judges a block by itself, whatever its height, and remembers it if it is valid.</summary>
    public BlockVerdict Announce(ReadOnlySpan<byte> bytes)
    {
        BlockVerdict verdict = BlockJudge.JudgeAlone(bytes, _rules);
        if (verdict == BlockVerdict.Valid)
        {
            uint256 hash = ChainFormat.ReadHeader(bytes[..BlockHeader.Size], _rules.Network).GetHash();
            lock (_gate)
            {
                if (!_announced.Contains(hash))
                {
                    _announced.Add(hash);
                    _announced.RemoveRange(0, Math.Max(0, _announced.Count - MaxAnnounced));
                }
            }
        }

        return verdict;
    }

    /// <summary>Finds an output of the stored blocks; null when it is spent or unknown.</summary>
    public UnspentOutput? FindUnspent(OutPoint point)
    {
        lock (_gate)
        {
            return _unspent.Find(point);
        }
    }

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ReadHeaders(int from, int max)
    {
        lock (_gate)
        {
            return _database.ReadHeaders(from, max).SelectMany(header => header).ToArray();
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadBlocks(int from, int max)
    {
        lock (_gate)
        {
            return BlockList.Cut(_database.ReadBlocks(from, max).Select(block => new ReadOnlyMemory<byte>(block)));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _database.Dispose();
        }
    }

    private static ChainStore Load(string directory, ChainRules rules, SetAside? setAside)
    {
        ChainStore? store = null;
        try
        {
            store = new ChainStore(rules, ChainDatabase.OpenDirectory(directory, rules)) { SetAside = setAside };
            store.VerifyAll();
            return store;
        }
        catch (SqliteException e)
        {
            store?.Dispose();
            throw Translate(e, directory);
        }
        catch
        {
            store?.Dispose();
            throw;
        }
    }

    private void VerifyAll()
    {
        foreach (byte[] header in _database.ReadHeaders(0, int.MaxValue))
        {
            HeaderVerdict? verdict = header.Length == BlockHeader.Size
                ? _headers.Append(ChainFormat.ReadHeader(header, _rules.Network))
                : null;
            if (verdict != HeaderVerdict.Accepted)
            {
                throw new ChainStoreException(
                    ChainStoreFault.Damaged, $"header {_headers.Count} is not valid: {verdict}");
            }
        }

        foreach (byte[] block in _database.ReadBlocks(0, int.MaxValue))
        {
            BlockVerdict verdict = Take(block, out _);
            if (verdict != BlockVerdict.Valid)
            {
                throw new ChainStoreException(ChainStoreFault.Damaged, $"block {_blockCount} is not valid: {verdict}");
            }
        }
    }

    private BlockVerdict Take(ReadOnlySpan<byte> bytes, out Block? block)
    {
        block = null;
        if (_blockCount >= _headers.Count)
        {
            return BlockVerdict.UnknownHeader;
        }

        BlockVerdict verdict = BlockJudge.Judge(bytes, _headers[_blockCount], _rules, out block);
        if (verdict == BlockVerdict.Valid)
        {
            _unspent.Apply(block!, _blockCount);
            _blockCount++;
        }

        return verdict;
    }

    // This includes a store that was disposed while its node still received data.
    private static bool IsFailedWrite(Exception e) => e is SqliteException or InvalidOperationException;

    private ChainStoreException WriteFailed(Exception e)
    {
        _writeFailed = true;
        return new ChainStoreException(ChainStoreFault.Unreachable, $"The store cannot be written: {e.Message}", e);
    }

    private void ThrowIfWriteFailed()
    {
        if (_writeFailed)
        {
            // A row after a failed write would be stored without the rows that it depends on.
            throw new ChainStoreException(
                ChainStoreFault.Unreachable, "The store cannot be written since an earlier write failed.");
        }
    }

    private static ChainStoreException Translate(SqliteException e, string directory) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED =>
            new(ChainStoreFault.InUse, $"The store '{directory}' is in use: {e.Message}", e),
        SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM or SQLitePCL.raw.SQLITE_READONLY
            or SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_FULL or SQLitePCL.raw.SQLITE_NOMEM =>
            new(ChainStoreFault.Unreachable, $"The store '{directory}' cannot be opened: {e.Message}", e),
        _ => new(ChainStoreFault.Damaged, e.Message, e),
    };
}
