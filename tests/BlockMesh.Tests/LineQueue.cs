namespace BlockMesh.Tests;

/// <summary>The lines that a program prints; a test can wait for them.</summary>
internal sealed class LineQueue
{
    // This limits how long a failing test takes. A passing test never waits this long.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly List<string> _all = [];
    private readonly List<string> _untaken = [];
    private TaskCompletionSource _grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Add(string line)
    {
        lock (_gate)
        {
            _all.Add(line);
            _untaken.Add(line);
            _grown.TrySetResult();
            _grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Takes the first line with this beginning that has not been taken. Other lines remain.</summary>
    /// <param name="beginning">The beginning of the line.</param>
    /// <param name="part">A text that the line contains.</param>
    public async Task<string> NextAsync(string beginning, string part = "")
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                int index = _untaken.FindIndex(line =>
                    line.StartsWith(beginning, StringComparison.Ordinal)
                        && line.Contains(part, StringComparison.Ordinal));
                if (index >= 0)
                {
                    string line = _untaken[index];
                    _untaken.RemoveAt(index);
                    return line;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.False(limit.IsCancellationRequested,
                $"No line '{beginning}...{part}...' was printed. All lines: {this}");
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return string.Join(" / ", _all);
        }
    }
}
