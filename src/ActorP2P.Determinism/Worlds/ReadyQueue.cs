namespace ActorP2P.Determinism;

/// <summary>The work that a node must do now, taken in order or drawn by a stream of random numbers.</summary>
internal sealed class ReadyQueue(Random? shuffle)
{
    private readonly Queue<ReadyItem> _inOrder = [];
    private readonly List<ReadyItem> _drawn = [];

    public bool IsEmpty => _inOrder.Count + _drawn.Count == 0;

    public void Add(in ReadyItem item)
    {
        if (shuffle is null)
        {
            _inOrder.Enqueue(item);
        }
        else
        {
            _drawn.Add(item);
        }
    }

    public ReadyItem Take()
    {
        if (shuffle is null)
        {
            return _inOrder.Dequeue();
        }
        int index = shuffle.Next(_drawn.Count);
        ReadyItem item = _drawn[index];
        _drawn[index] = _drawn[^1];
        _drawn.RemoveAt(_drawn.Count - 1);
        return item;
    }

    public void Clear()
    {
        _inOrder.Clear();
        _drawn.Clear();
    }
}
