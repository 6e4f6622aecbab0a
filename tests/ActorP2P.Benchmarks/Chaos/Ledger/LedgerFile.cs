using System.Text;

namespace ActorP2P.Benchmarks;

/// <summary>Reads a ledger, whose process may still write to it.</summary>
/// <param name="path">The file.</param>
/// <param name="node">The node's number.</param>
/// <param name="incarnation">How often the node was started before.</param>
internal sealed class LedgerFile(string path, int node, int incarnation)
{
    private long _position;

    /// <summary>The node's number.</summary>
    public int Node => node;

    /// <summary>How often the node was started before.</summary>
    public int Incarnation => incarnation;

    /// <summary>Whether the process was killed on purpose: what it had promised need not end.</summary>
    public bool WasKilled { get; set; }

    /// <summary>Reads the whole lines that were not read before.</summary>
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
