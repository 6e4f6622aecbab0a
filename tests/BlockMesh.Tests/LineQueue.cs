namespace BlockMesh.Tests;

/// <summary>Lines a program prints, for a test to wait for.</summary>
internal sealed class LineQueue
{
    // Generous: it bounds how long a failing test takes, and is never waited out by one that passes.
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

    /// <summary>
    /// Takes the first line that begins so and has not been taken; other lines stay for others to take.
    /// </summary>
    /// <param name="beginning">How the line begins.</param>
    /// <param name="part">What it contains.</param>
    public async Task<string> NextAsync(string beginning, string part = "")
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            Task grown;
            lock (_gate)
            {
                int index = _untaken.FindIndex(line =>
                    line.StartsWith(beginning, StringComparison.Ordinal) && line.Contains(part, StringComparison.Ordinal));
                if (index >= 0)
                {
                    string line = _untaken[index];
                    _untaken.RemoveAt(index);
                    return line;
                }

                grown = _grown.Task;
            }

            await grown.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Assert.False(limit.IsCancellationRequested, $"No line '{beginning}...{part}...' came. All lines: {this}");
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
