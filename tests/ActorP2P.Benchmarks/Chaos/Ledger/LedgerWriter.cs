using System.Text;

namespace ActorP2P.Benchmarks;

/// <summary>
/// Writes the promises of a process and their outcomes into a file. Each line is given to the system at once, so that
/// the promises of a killed process are known too.
/// </summary>
internal sealed class LedgerWriter : IDisposable
{
    private readonly Lock _lock = new();
    private readonly FileStream _file;
    private readonly ulong _first;
    private ulong _last;

    /// <summary>Creates a ledger.</summary>
    /// <param name="path">The path of a file that does not exist yet.</param>
    /// <param name="node">The node's number, 0 to 255.</param>
    /// <param name="incarnation">How often the node was started before.</param>
    public LedgerWriter(string path, int node, int incarnation)
    {
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
        _first = ((ulong)node << 56) | ((ulong)incarnation << 40);
    }

    /// <summary>An id that no other promise in any process has.</summary>
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
