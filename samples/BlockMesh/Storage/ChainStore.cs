using BlockMesh.Chain;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlockMesh.Storage;

/// <summary>
/// The chain a node has verified: headers, blocks and announced blocks in memory, the first two also on disk if the store has a
/// directory. Safe for concurrent use.
/// </summary>
public sealed class ChainStore : IChainView, IDisposable
{
    /// <summary>How many announced blocks are kept, so that a peer that announces without end fills no memory.</summary>
    public const int MaxAnnounced = 8;

    private readonly Lock _gate = new();
    private readonly ChainRules _rules;
    private readonly HeaderChain _headers;
    private readonly List<ReadOnlyMemory<byte>> _blocks = [];
    private readonly List<Hash256> _announced = [];
    private readonly StoreFiles? _files;
    private bool _writeFailed;

    private ChainStore(ChainRules rules, StoreFiles? files)
    {
        _rules = rules;
        _headers = new HeaderChain(rules);
        _files = files;
    }

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
                return _blocks.Count;
            }
        }
    }

    /// <summary>The hashes of the valid blocks that were announced, the oldest first.</summary>
    public IReadOnlyList<Hash256> Announced
    {
        get
        {
            lock (_gate)
            {
                return [.. _announced];
            }
        }
    }

    /// <summary>What had to be cut off the files when they were opened.</summary>
    public IReadOnlyList<LogCut> Cuts { get; private set; } = [];

    /// <summary>A store that ends with the process.</summary>
    public static ChainStore InMemory(ChainRules rules) => new(rules, files: null);

    /// <summary>Opens the store of a directory, or makes one, and verifies all that it holds.</summary>
    /// <exception cref="ChainStoreException">It is in use, out of reach, not a store of this chain, or altered.</exception>
    public static ChainStore Open(string directory, ChainRules rules, ILogger<ChainStore>? logger = null)
    {
        StoreFiles files = StoreFiles.Open(directory, rules);
        var store = new ChainStore(rules, files);
        try
        {
            store.Load(files, logger ?? NullLogger<ChainStore>.Instance, directory);
            return store;
        }
        catch (IOException e)
        {
            files.Dispose();
            throw new ChainStoreException(ChainStoreFault.Unreachable, $"The store '{directory}' cannot be read: {e.Message}", e);
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    /// <summary>Judges a run of headers that should follow the last one, and keeps those ahead of the first that is wrong.</summary>
    /// <param name="bytes">Whole headers, at most as many as one message carries.</param>
    /// <exception cref="ChainStoreException">They cannot be written.</exception>
    public HeaderAppend AppendHeaders(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            ThrowIfWriteFailed();
            HeaderAppend result = TakeHeaders(bytes);
            if (result.Accepted > 0)
            {
                Write(_files?.Headers, bytes[..(result.Accepted * BlockHeader.Size)]);
            }

            return result;
        }
    }

    /// <summary>Judges a block that should be the next one, and keeps it if it is valid.</summary>
    /// <exception cref="ChainStoreException">It cannot be written.</exception>
    public BlockVerdict AppendBlock(ReadOnlyMemory<byte> bytes)
    {
        lock (_gate)
        {
            ThrowIfWriteFailed();
            BlockVerdict verdict = TakeBlock(bytes);
            if (verdict == BlockVerdict.Valid)
            {
                Write(_files?.Blocks, bytes.Span);
            }

            return verdict;
        }
    }

    /// <summary>Judges a block by itself, whatever its height, and remembers it if it is valid.</summary>
    public BlockVerdict Announce(ReadOnlySpan<byte> bytes)
    {
        BlockVerdict verdict = BlockJudge.JudgeAlone(bytes, _rules);
        if (verdict == BlockVerdict.Valid)
        {
            Hash256 hash = Hash256.Of(bytes[..BlockHeader.Size]);
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

    /// <inheritdoc/>
    public ReadOnlyMemory<byte> ReadHeaders(int from, int max)
    {
        lock (_gate)
        {
            int first = Math.Min(from, _headers.Count);
            int count = Math.Min(max, _headers.Count - first);
            byte[] bytes = new byte[count * BlockHeader.Size];
            for (int i = 0; i < count; i++)
            {
                _headers[first + i].CopyTo(bytes.AsSpan(i * BlockHeader.Size));
            }

            return bytes;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<ReadOnlyMemory<byte>> ReadBlocks(int from, int max)
    {
        lock (_gate)
        {
            return BlockList.Cut(_blocks, from, max);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _files?.Dispose();
        }
    }

    private void Write(RecordLog? log, ReadOnlySpan<byte> payload)
    {
        try
        {
            log?.Append(payload);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _writeFailed = true;
            throw new ChainStoreException(ChainStoreFault.Unreachable, $"The store cannot be written: {e.Message}", e);
        }
    }

    private void ThrowIfWriteFailed()
    {
        if (_writeFailed)
        {
            // A record behind a failed one would stand in the file without what it builds upon.
            throw new ChainStoreException(
                ChainStoreFault.Unreachable, "The store cannot be written since an earlier write failed.");
        }
    }

    private HeaderAppend TakeHeaders(ReadOnlySpan<byte> bytes)
    {
        int accepted = 0;
        for (; accepted * BlockHeader.Size < bytes.Length; accepted++)
        {
            var header = BlockHeader.Read(bytes.Slice(accepted * BlockHeader.Size, BlockHeader.Size));
            HeaderVerdict verdict = _headers.Append(header);
            if (verdict != HeaderVerdict.Accepted)
            {
                return new HeaderAppend(accepted, verdict);
            }
        }

        return new HeaderAppend(accepted, HeaderVerdict.Accepted);
    }

    private BlockVerdict TakeBlock(ReadOnlyMemory<byte> bytes)
    {
        if (_blocks.Count >= _headers.Count)
        {
            return BlockVerdict.UnknownHeader;
        }

        BlockVerdict verdict = BlockJudge.Judge(bytes.Span, _headers[_blocks.Count]);
        if (verdict == BlockVerdict.Valid)
        {
            _blocks.Add(bytes);
        }

        return verdict;
    }

    private void Load(StoreFiles files, ILogger logger, string directory)
    {
        LogCut? headers = files.Headers.Recover(LoadHeaders);
        LogCut? blocks = files.Blocks.Recover(LoadBlock);
        Cuts = [.. new[] { headers, blocks }.OfType<LogCut>()];
        foreach (LogCut cut in Cuts)
        {
            StorageLog.Cut(logger, directory, cut.File, cut.Cause, cut.DroppedBytes, cut.KeptBytes, cut.Copy);
        }

        StorageLog.Opened(logger, directory, _headers.Count, _blocks.Count);
    }

    private bool LoadHeaders(ReadOnlySpan<byte> payload)
    {
        int height = _headers.Count;
        HeaderAppend result = payload.Length % BlockHeader.Size == 0 ? TakeHeaders(payload) : default;
        return result.Accepted * BlockHeader.Size == payload.Length
            ? true
            : throw Altered($"header {height + result.Accepted} is not valid: {result.Verdict}");
    }

    private bool LoadBlock(ReadOnlySpan<byte> payload)
    {
        if (_blocks.Count >= _headers.Count)
        {
            // Headers are always written ahead of their blocks; here their log has lost its end.
            return false;
        }

        int height = _blocks.Count;
        BlockVerdict verdict = TakeBlock(payload.ToArray());
        return verdict == BlockVerdict.Valid ? true : throw Altered($"block {height} is not valid: {verdict}");
    }

    private static ChainStoreException Altered(string what) =>
        new(
            ChainStoreFault.InvalidRecord,
            $"The store was altered: {what}. Its records are whole, so this is not the trace of a crash.");
}
