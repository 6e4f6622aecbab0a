using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P;

/// <summary>
/// A queue that says when a turn is over: when its reader finds it empty after it had messages, or has had as many as a turn may
/// have, it gives <see cref="TurnEnd"/>. Akka.NET itself has no such moment, and a message of the actor to itself costs a place
/// in the queue and another run of the mailbox.
/// </summary>
/// <remarks>
/// Many writers and one reader, without locks: a linked list to which writers append by one exchange. An empty one is a few dozen
/// bytes, where a ConcurrentQueue is more than a kilobyte; most connections are quiet.
/// </remarks>
internal sealed class TurnQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    /// <summary>
    /// The messages of one turn at most. What they write waits for the turn's end, so this bounds how much of it comes together;
    /// a mailbox run of Akka's default dispatcher has as many.
    /// </summary>
    internal const int LongestTurn = 30;

    private Node _first;
    private Node _last;
    private int _inTurn;

    public TurnQueue() => _first = _last = new Node(default);

    /// <inheritdoc/>
    public bool HasMessages => Volatile.Read(ref Volatile.Read(ref _first).Next) is not null || Volatile.Read(ref _inTurn) > 0;

    /// <inheritdoc/>
    public int Count
    {
        get
        {
            int count = 0;
            for (Node? node = Volatile.Read(ref _first).Next; node is not null; node = Volatile.Read(ref node.Next))
            {
                count++;
            }

            return count;
        }
    }

    /// <inheritdoc/>
    public void Enqueue(IActorRef receiver, Envelope envelope)
    {
        Node node = new(envelope);
        Node before = Interlocked.Exchange(ref _last, node);
        Volatile.Write(ref before.Next, node);
    }

    /// <inheritdoc/>
    public bool TryDequeue(out Envelope envelope)
    {
        if (_inTurn < LongestTurn && TryTake(out envelope))
        {
            _inTurn++;
            return true;
        }

        bool ended = _inTurn > 0;
        _inTurn = 0;
        envelope = ended ? new Envelope(TurnEnd.Instance, ActorRefs.NoSender) : default;
        return ended;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        while (TryTake(out Envelope envelope))
        {
            deadletters.Enqueue(owner, envelope);
        }
    }

    private bool TryTake(out Envelope envelope)
    {
        // The first node is the one that was taken last; its place is kept until the next is taken.
        if (Volatile.Read(ref _first.Next) is not { } next)
        {
            envelope = default;
            return false;
        }

        envelope = next.Envelope;
        next.Envelope = default;
        Volatile.Write(ref _first, next);
        return true;
    }

    private sealed class Node(Envelope envelope)
    {
        public Envelope Envelope = envelope;
        public Node? Next;
    }
}
