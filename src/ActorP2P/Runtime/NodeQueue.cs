using Akka.Dispatch;
using Akka.Dispatch.MessageQueues;

namespace ActorP2P;

/// <summary>
/// The messages of one actor: many writers and one reader, without locks. It has two properties that
/// Akka's own queue lacks. First, it loses nothing: a message that arrives after the actor has ended
/// goes to the dead letters, which call <see cref="IUndeliverable"/>, even if its writer had begun
/// before the end. Second, it can end turns: a <see cref="TurnActor"/> asks after each message whether
/// its turn is over (<see cref="TryEndTurn"/>). When the actor cannot ask, because it failed or
/// because Akka handled the message itself, the queue delivers <see cref="TurnEnd"/> instead.
/// </summary>
/// <remarks>
/// A linked list to which writers append by an exchange of the last node. An empty one takes a few
/// dozen bytes, while a ConcurrentQueue takes more than a kilobyte; most connections are quiet.
/// </remarks>
internal class NodeQueue : IMessageQueue, IUnboundedMessageQueueSemantics
{
    /// <summary>
    /// The most messages in one turn. Their output waits for the end of the turn, so this bounds
    /// how much of it accumulates. One run of a mailbox on Akka's default dispatcher has as many.
    /// </summary>
    internal const int LongestTurn = 30;

    // The last node of every closed queue.
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
    /// This reads the last node, which writers set by an exchange, and not the link to the next
    /// node. Akka's mailbox goes idle and then looks for messages, while a writer adds its message
    /// and then looks whether the mailbox is idle. After an exchange at least one of the two sees
    /// the other's step. After a plain write, both may miss it, and then nothing wakes the actor.
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
    /// Ends the turn when no message is left, or when the turn has had the most messages allowed. Only the reader calls
    /// it.
    /// </summary>
    /// <returns>Whether this call has ended the turn.</returns>
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
                // A writer has reserved its place and is about to link its node.
                writers.SpinOnce();
            }
        }
    }

    private bool TryTake(out Envelope envelope)
    {
        // The first node is the one that was taken last. It keeps its place until the next one is taken.
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
