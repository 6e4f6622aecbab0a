namespace ActorP2P;

/// <summary>
/// The queues in which broadcasts are judged, one for each peer and message type: a handler that takes long holds up what the same
/// peer sent of the same type, and nothing else. They outlive the Broadcaster's restarts.
/// </summary>
internal sealed class Judges(NodeContext node)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JudgeKey, JudgeQueue> _queues = [];
    private bool _isClosed;

    /// <summary>Judges a broadcast in its turn; the outcome is told to the Broadcaster. The Broadcaster's turn only.</summary>
    public void Judge(
        GossipMessages.Arrived arrived, MessageHandler<BroadcastContext, Verdict> handler, IActorRef broadcaster)
    {
        JudgeKey key = new(arrived.From.ConnectionId, arrived.Message.Type);
        lock (_lock)
        {
            if (!_isClosed)
            {
                if (!_queues.TryGetValue(key, out JudgeQueue? queue))
                {
                    queue = new JudgeQueue(node, broadcaster, handler);
                    _queues.Add(key, queue);
                }

                queue.Post(arrived);
                return;
            }
        }

        arrived.OnUndelivered();
    }

    /// <summary>Forgets the queues that have nothing to do: their peers may be gone.</summary>
    public void Sweep()
    {
        lock (_lock)
        {
            foreach ((JudgeKey key, JudgeQueue queue) in _queues)
            {
                if (queue.IsIdle)
                {
                    _queues.Remove(key);
                }
            }
        }
    }

    /// <summary>The node ends: nothing is judged any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (JudgeQueue queue in _queues.Values)
            {
                queue.Close();
            }

            _queues.Clear();
        }
    }

    private readonly record struct JudgeKey(long Link, ushort Type);
}
