using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Calls the application's handlers of streams for one peer, in the order in which the peer has opened them. A handler
/// is begun in order, and the next one does not wait for it. They do not count as running handlers, because a stream
/// may last for hours; the number of streams that a peer may have open bounds them.
/// </summary>
internal sealed class StreamCalls(NodeContext node) : CallQueue(node.Running)
{
    private readonly Queue<StreamCall> _waiting = new();
    private StreamCall? _called;
    private int _unended;

    /// <inheritdoc/>
    public override HandlerCall? Call => Volatile.Read(ref _called)?.Call;

    /// <summary>Handlers that wait or run.</summary>
    public int Unended => Volatile.Read(ref _unended);

    /// <summary>Calls the handler of a stream.</summary>
    public void Post(StreamCall call)
    {
        bool starts;
        lock (Guard)
        {
            _unended++;
            _waiting.Enqueue(call);
            starts = TryBegin();
        }

        if (starts)
        {
            Start();
        }
    }

    /// <inheritdoc/>
    protected override bool TryCallNext()
    {
        StreamCall? next;
        lock (Guard)
        {
            _waiting.TryDequeue(out next);
            Volatile.Write(ref _called, next);
            if (next is null)
            {
                End();
            }
        }

        if (next is not null)
        {
            Invoke(next);
        }

        return next is not null;
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported, and the peer gets an error.")]
    private void Invoke(StreamCall call)
    {
        Exception? fault = null;
        call.Stream.Context!.Begin();
        try
        {
            ValueTask handled = call.Invoke();
            if (!handled.IsCompletedSuccessfully)
            {
                _ = AwaitAsync(call, handled);
                return;
            }
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Conclude(call, fault);
    }

    [SuppressMessage(
        "Design", "CA1031",
        Justification = "Every exception of an application's handler is reported, and the peer gets an error.")]
    private async Task AwaitAsync(StreamCall call, ValueTask handled)
    {
        node.Running.Enter(call);
        Exception? fault = null;
        try
        {
            await handled;
        }
        catch (Exception exception)
        {
            fault = exception;
        }

        Conclude(call, fault);
        node.Running.Leave(call);
    }

    private void Conclude(StreamCall call, Exception? fault)
    {
        lock (Guard)
        {
            _unended--;
        }

        call.End(node, fault);
    }
}
