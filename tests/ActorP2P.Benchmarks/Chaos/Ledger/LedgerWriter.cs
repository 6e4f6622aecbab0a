using System.Text;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Writes what a process promises and what becomes of it into a file. Each line is handed to the system at once, so
/// that what was promised is known even of a process that was killed.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly ulong _first;
    private ulong _last;

    /// <summary>Begins a ledger.</summary>
    /// <param name="path">A file that does not exist yet.</param>
    /// <param name="node">The node's number, 0 to 255.</param>
    /// <param name="incarnation">How often the node was started before.</param>
    public LedgerWriter(string path, int node, int incarnation)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _first = ((ulong)node << 56) | ((ulong)incarnation << 40);
    }

    /// <summary>An id that no other promise of any process has.</summary>
    public ulong NextId() => _first | Interlocked.Increment(ref _last);

    /// <summary>Writes a line.</summary>
    public void Write(LedgerEntryKind kind, ulong id, string detail)
    {
        lock (_lock)
        {
            LedgerEntry entry = new(Environment.TickCount64, kind, id, detail.ReplaceLineEndings(" | "));
            _file.Write(Encoding.UTF8.GetBytes($"{entry}\n"));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
