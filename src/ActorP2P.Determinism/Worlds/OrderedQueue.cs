namespace ActorP2P.Determinism;

/// <summary>First come, first served.</summary>
internal sealed class OrderedQueue : ReadyQueue
{
    private readonly Queue<ReadyItem> _items = [];

    public override bool IsEmpty => _items.Count == 0;

    public override void Add(in ReadyItem item) => _items.Enqueue(item);

    public override ReadyItem Take() => _items.Dequeue();

    public override void Clear() => _items.Clear();
}
