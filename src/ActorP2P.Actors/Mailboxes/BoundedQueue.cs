namespace ActorP2P.Actors;

/// <summary>A queue with a capacity.</summary>
internal sealed class BoundedQueue(int capacity, OverflowPolicy overflow) : MessageQueue
{
    private readonly Queue<Envelope> _waiting = [];

    public override int Count => _waiting.Count;

    public override bool TryEnqueue(Envelope envelope, out Envelope refused)
    {
        if (_waiting.Count < capacity)
        {
            _waiting.Enqueue(envelope);
            refused = default;
            return true;
        }
        refused = envelope;
        if (overflow == OverflowPolicy.DropOldest)
        {
            refused = _waiting.Dequeue();
            _waiting.Enqueue(envelope);
        }
        return false;
    }

    public override bool TryDequeue(out Envelope envelope) => _waiting.TryDequeue(out envelope);
}
