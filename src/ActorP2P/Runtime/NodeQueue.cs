using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P;

/// <summary>
/// The messages of one actor: many writers and one reader, without locks. It has two properties that Akka's own queue
/// lacks. It loses nothing: what comes when the actor has ended goes to the dead letters, where it is told so (<see
/// cref="IUndeliverable"/>), also when the writer had begun before. And it can tell turns. A <see cref="TurnActor"/>
/// asks after each message whether the turn is over (<see cref="TryEndTurn"/>). Where it could not ask, because it
/// failed or Akka handled the message for it, the queue gives <see cref="TurnEnd"/> in its place.
/// </summary>
/// <remarks>
/// A linked list to which writers append by one exchange. An empty one is some dozen bytes, where a ConcurrentQueue is
/// more than a kilobyte; most connections are quiet.
/// </remarks>
internal class NodeQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    /// <summary>
    /// The messages of one turn at most. What they write waits for the turn's end, so this bounds how much of it comes
    /// together; a mailbox run of Akka's default dispatcher has as many.
    /// </summary>
    internal const int LongestTurn = 30;

    // Stands as the last node of every queue that is closed.
    private static readonly Node s_closed = new(default);

    private readonly bool _tellsTurns;
    private Node _first;
    private Node _last;
    private IMessageQueue? _deadLetters;
    private int _inTurn;

    public NodeQueue(bool tellsTurns)
    {
        _tellsTurns = tellsTurns;
        _first = _last = new Node(default);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// It looks at the last node, which writers set by an exchange, and not at the link that follows. Akka's mailbox
    /// goes idle and then looks for messages, and a writer adds its message and then looks whether the mailbox is idle:
    /// an exchange is seen by one of the two in any case, a plain write may still be on its way for both, and then
    /// nobody wakes the actor.
    /// </remarks>
    public bool HasMessages
    {
        get
        {
            Node last = Volatile.Read(ref _last);
            bool hasMessages = !ReferenceEquals(last, s_closed) && !ReferenceEquals(last, Volatile.Read(ref _first));
            return hasMessages || Volatile.Read(ref _inTurn) > 0;
        }
    }

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
        while (true)
        {
            Node last = Volatile.Read(ref _last);
            if (ReferenceEquals(last, s_closed))
            {
                _deadLetters!.Enqueue(receiver, envelope);
                return;
            }

            if (ReferenceEquals(Interlocked.CompareExchange(ref _last, node, last), last))
            {
                Volatile.Write(ref last.Next, node);
                return;
            }
        }
    }

    /// <inheritdoc/>
    public virtual bool TryDequeue(out Envelope envelope)
    {
        if (_inTurn < LongestTurn && TryTake(out envelope))
        {
            _inTurn += _tellsTurns ? 1 : 0;
            return true;
        }

        bool ended = _inTurn > 0;
        _inTurn = 0;
        envelope = ended ? new Envelope(TurnEnd.Instance, ActorRefs.NoSender) : default;
        return ended;
    }

    /// <summary>
    /// Ends the turn when no message is left, or the turn has had as many as it may. The reader's alone.
    /// </summary>
    /// <returns>Whether the turn has ended with this call.</returns>
    public bool TryEndTurn()
    {
        bool isOver = _inTurn >= LongestTurn || (_inTurn > 0 && Volatile.Read(ref _first.Next) is null);
        if (isOver)
        {
            _inTurn = 0;
        }

        return isOver;
    }

    /// <inheritdoc/>
    public void CleanUp(IActorRef owner, IMessageQueue deadletters)
    {
        _deadLetters = deadletters;
        Node last = Interlocked.Exchange(ref _last, s_closed);
        if (ReferenceEquals(last, s_closed))
        {
            return;
        }

        SpinWait writers = default;
        while (!ReferenceEquals(_first, last))
        {
            if (TryTake(out Envelope envelope))
            {
                deadletters.Enqueue(owner, envelope);
            }
            else
            {
                // A writer has its place and is about to link it.
                writers.SpinOnce();
            }
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
