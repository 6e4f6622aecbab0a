namespace ActorP2P.Transport;

/// <summary>
/// A pool of objects that each of thousands of connections needs only for a short time. A taken object must be returned
/// in the state in which it was taken. An object that is not returned does no harm, and the pool keeps no more than its
/// capacity.
/// </summary>
/// <param name="capacity">The most objects that are kept.</param>
internal sealed class SparePool<T>(int capacity)
    where T : class, new()
{
    private readonly Lock _lock = new();
    private readonly T?[] _spares = new T?[capacity];
    private T? _first;
    private int _count;

    internal T Rent()
    {
        // Most often the thread that returned an object last asks for the next one.
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
