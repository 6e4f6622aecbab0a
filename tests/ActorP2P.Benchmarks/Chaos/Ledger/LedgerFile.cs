using System.Text;

namespace ActorP2P.Benchmarks;

/// <summary>Reads a ledger to which its process may still be writing.</summary>
/// <param name="path">The path of the file.</param>
/// <param name="node">The number of the node.</param>
/// <param name="incarnation">How often the node was started before.</param>
internal sealed class LedgerFile(string path, int node, int incarnation)
{
    private long _position;

    /// <summary>The number of the node.</summary>
    public int Node => node;

    /// <summary>How often the node was started before.</summary>
    public int Incarnation => incarnation;

    /// <summary>Whether the process was killed on purpose. In this case its promises need not end.</summary>
    public bool WasKilled { get; set; }

    /// <summary>Reads the complete lines that were added since the last call.</summary>
    public List<LedgerEntry> ReadOn()
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length - _position];
        file.Position = _position;
        file.ReadExactly(bytes);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        _position += end;
        return [.. Encoding.UTF8.GetString(bytes.AsSpan(0, end))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(LedgerEntry.Parse)];
    }
}
