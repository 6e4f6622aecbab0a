namespace ActorP2P;

/// <summary>
/// The queues of broadcasts that wait for a verdict, one for each peer and message type. A slow handler
/// delays only broadcasts of the same peer and type. The queues outlive the Broadcaster's restarts.
/// </summary>
internal sealed class Judges(NodeContext node)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<JudgeKey, JudgeQueue> _queues = [];
    private readonly Dictionary<ushort, InlineJudge> _inline = [];
    private bool _isClosed;

    /// <summary>
    /// Queues a broadcast. Its verdict goes to the Broadcaster. Call it in the Broadcaster's turn only.
    /// </summary>
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

    /// <summary>Calls a handler that is registered as inline. Call it in the Broadcaster's turn only.</summary>
    public Judgement JudgeInline(
        GossipMessages.Arrived arrived, MessageHandler<BroadcastContext, Verdict> handler)
    {
        if (!_inline.TryGetValue(arrived.Message.Type, out InlineJudge? judge))
        {
            _inline.Add(arrived.Message.Type, judge = new InlineJudge(node, handler));
        }

        return judge.Judge(arrived);
    }

    /// <summary>Removes the queues that have nothing to do, because their peers may be gone.</summary>
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

    /// <summary>The node ends: no further handler is called.</summary>
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
