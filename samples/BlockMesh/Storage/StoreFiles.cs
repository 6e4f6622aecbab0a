using BlockMesh.Chain;
using BlockMesh.Messages;

namespace BlockMesh.Storage;

/// <summary>The files of a store's directory, held for this process alone.</summary>
internal sealed class StoreFiles : IDisposable
{
    private const string LockFile = "store.lock";
    private const string HeadersFile = "headers.chain";
    private const string BlocksFile = "blocks.chain";

    private readonly FileStream _lock;

    private StoreFiles(FileStream exclusive, RecordLog headers, RecordLog blocks)
    {
        _lock = exclusive;
        Headers = headers;
        Blocks = blocks;
    }

    /// <summary>A record for each run of headers that was appended at once.</summary>
    public RecordLog Headers { get; }

    /// <summary>A record for each block.</summary>
    public RecordLog Blocks { get; }

    /// <summary>Makes the directory if it is not there, and opens what is in it.</summary>
    /// <exception cref="ChainStoreException">It is in use, out of reach, or not a store of this chain.</exception>
    public static StoreFiles Open(string directory, ChainRules rules)
    {
        FileStream? exclusive = null;
        RecordLog? headers = null;
        try
        {
            Directory.CreateDirectory(directory);
            exclusive = Lock(directory);
            headers = RecordLog.Open(
                Path.Combine(directory, HeadersFile), rules.GenesisHash, GetHeaders.MostHeaders * BlockHeader.Size);
            RecordLog blocks = RecordLog.Open(Path.Combine(directory, BlocksFile), rules.GenesisHash, Block.MaxSize);
            return new StoreFiles(exclusive, headers, blocks);
        }
        catch (Exception e)
        {
            headers?.Dispose();
            exclusive?.Dispose();
            if (e is IOException or UnauthorizedAccessException)
            {
                throw new ChainStoreException(
                    ChainStoreFault.Unreachable, $"The store '{directory}' cannot be opened: {e.Message}", e);
            }

            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Headers.Dispose();
        Blocks.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string directory)
    {
        string path = Path.Combine(directory, LockFile);
        try
        {
            // The system lets go of the file however the process ends, so a killed one leaves no lock behind.
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException))
        {
            throw new ChainStoreException(ChainStoreFault.InUse, $"The store '{directory}' is in use: {e.Message}", e);
        }
    }
}
