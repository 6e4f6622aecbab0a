namespace ActorP2P.Simulation;

/// <summary>The last events, for the reader of a failure. The oldest are removed first.</summary>
internal sealed class History<T>(int capacity)
{
    private readonly Queue<(TimeSpan At, T What)> _entries = new();

    public void Add(TimeSpan at, T what)
    {
        if (_entries.Count == capacity)
        {
            _entries.Dequeue();
        }

        _entries.Enqueue((at, what));
    }

    public IEnumerable<(TimeSpan At, string Text)> Read() =>
        _entries.Select(static entry => (entry.At, entry.What?.ToString() ?? ""));
}
