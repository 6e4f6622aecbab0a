namespace ActorP2P.Transport;

/// <summary>
/// Objects that thousands of connections need for a moment each. Whoever takes one gives it back as it was; what is not
/// given back is no loss, and beyond its capacity the pool keeps nothing.
/// </summary>
/// <param name="capacity">Objects kept.</param>
internal sealed class SparePool<T>(int capacity)
    where T : class, new()
{
    private readonly Lock _lock = new();
    private readonly T?[] _spares = new T?[capacity];
    private T? _first;
    private int _count;

    internal T Rent()
    {
        // Mostly the thread that gave the last one back asks for the next.
        T? first = _first;
        if (first is not null && Interlocked.CompareExchange(ref _first, null, first) == first)
        {
            return first;
        }

        lock (_lock)
        {
            return _count > 0 ? _spares[--_count]! : new T();
        }
    }

    internal void Return(T spare)
    {
        if (_first is null && Interlocked.CompareExchange(ref _first, spare, null) is null)
        {
            return;
        }

        lock (_lock)
        {
            if (_count < _spares.Length)
            {
                _spares[_count++] = spare;
            }
        }
    }
}
