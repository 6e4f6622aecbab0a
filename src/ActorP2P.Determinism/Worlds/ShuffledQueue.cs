namespace ActorP2P.Determinism;

/// <summary>Any work may come next, each with the same chance.</summary>
internal sealed class ShuffledQueue(Random random) : ReadyQueue
{
    private readonly List<ReadyItem> _items = [];

    public override bool IsEmpty => _items.Count == 0;

    public override void Add(in ReadyItem item) => _items.Add(item);

    public override ReadyItem Take()
    {
        int index = random.Next(_items.Count);
        ReadyItem item = _items[index];
        _items[index] = _items[^1];
        _items.RemoveAt(_items.Count - 1);
        return item;
    }

    public override void Clear() => _items.Clear();
}
