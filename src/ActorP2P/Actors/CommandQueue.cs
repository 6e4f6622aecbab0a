using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Runs the commands that actors send to the node, in the order of arrival. It runs outside of the manager's turn,
/// because a command calls the application's code that writes messages.
/// </summary>
internal sealed class CommandQueue(NodeContext node, IActorRef manager) : CallQueue(node.Running)
{
    private readonly Queue<Envelope> _waiting = new();

    // The commands that wait, and those that have begun and have no answer yet.
    private int _open;

    /// <inheritdoc/>
    public override HandlerCall? Call => null;

    /// <summary>Queues a command. It begins when the commands before it have begun.</summary>
    /// <param name="command">The command.</param>
    /// <param name="sender">The actor that gets the answer.</param>
    public void Post(P2P.Command command, IActorRef sender)
    {
        bool isFull;
        bool starts = false;
        lock (Guard)
        {
            isFull = _open >= node.Settings.MaxPendingRequests;
            if (!isFull)
            {
                _open++;
                _waiting.Enqueue(new Envelope(command, sender));
                starts = TryBegin();
            }
        }

        if (isFull)
        {
            Answer(sender, new Status.Failure(new SendException(
                SendResult.QueueFull, $"{node.Settings.MaxPendingRequests} commands of the node are open already")));
        }

        if (starts)
        {
            Start();
        }
    }

    /// <summary>Sends the answer to a command, unless nobody waits for it.</summary>
    public void Answer(IActorRef sender, object answer)
    {
        if (!sender.IsNobody() && !sender.Equals(node.Node.ActorSystem.DeadLetters))
        {
            sender.Tell(answer, manager);
        }
    }

    /// <inheritdoc/>
    protected override bool TryCallNext()
    {
        Envelope next;
        lock (Guard)
        {
            if (!_waiting.TryDequeue(out next))
            {
                End();
                return false;
            }
        }

        _ = RunAsync((P2P.Command)next.Message, next.Sender);
        return true;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The sender of a command gets any exception as its answer.")]
    private async Task RunAsync(P2P.Command command, IActorRef sender)
    {
        object answer;
        try
        {
            answer = await command.RunAsync(node.Node);
        }
        catch (Exception exception)
        {
            answer = new Status.Failure(exception);
        }

        lock (Guard)
        {
            _open--;
        }

        Answer(sender, answer);
    }
}
