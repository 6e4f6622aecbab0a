namespace ActorP2P.Actors;

/// <summary>A queue by priority; the arrival number keeps equal priorities in order.</summary>
internal sealed class PriorityQueueOfMessages(Func<object, int> priorityGenerator) : MessageQueue
{
    private readonly PriorityQueue<Envelope, (int Priority, long Arrival)> _waiting = new();
    private long _arrivals;

    public override int Count => _waiting.Count;

    public override bool TryEnqueue(Envelope envelope, out Envelope refused)
    {
        _waiting.Enqueue(envelope, (priorityGenerator(envelope.Message), _arrivals++));
        refused = default;
        return true;
    }

    public override bool TryDequeue(out Envelope envelope) => _waiting.TryDequeue(out envelope, out _);
}
