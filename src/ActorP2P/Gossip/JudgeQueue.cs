using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Calls the application's broadcast handlers for one peer and one message type, in the order of arrival.
/// </summary>
internal sealed class JudgeQueue(
    NodeContext node, IActorRef broadcaster, MessageHandler<BroadcastContext, Verdict> handler)
        : CallQueue(node.Running)
{
    private readonly Queue<GossipMessages.Arrived> _waiting = new();
    private readonly BroadcastCall _caller = new(node, handler);
    private List<Judgement> _verdicts = [];
    private BroadcastContext? _context;

    /// <inheritdoc/>
    public override HandlerCall? Call => Volatile.Read(ref _context) is { } context
        ? new HandlerCall(context, handler.Decoder.Type)
        : null;

    /// <summary>Whether it has nothing to do and may be removed.</summary>
    public bool IsIdle
    {
        get
        {
            lock (Guard)
            {
                return !IsRunning && _waiting.Count == 0;
            }
        }
    }

    /// <summary>Queues a broadcast. Its handler is called when those before it have given their verdicts.</summary>
    public void Post(GossipMessages.Arrived arrived)
    {
        lock (Guard)
        {
            _waiting.Enqueue(arrived);
            if (!TryBegin())
            {
                return;
            }
        }

        Start();
    }

    /// <summary>
    /// Takes the verdicts that have been given, in their order. The Broadcaster is told once, and of later verdicts
    /// again only when it has taken these.
    /// </summary>
    public List<Judgement> TakeVerdicts()
    {
        lock (Guard)
        {
            List<Judgement> given = _verdicts;
            _verdicts = [];
            return given;
        }
    }

    /// <summary>The node ends: no further handler is called.</summary>
    public void Close()
    {
        lock (Guard)
        {
            while (_waiting.TryDequeue(out GossipMessages.Arrived? arrived))
            {
                arrived.OnUndelivered();
            }
        }
    }

    /// <inheritdoc/>
    protected override bool TryCallNext()
    {
        GossipMessages.Arrived? next;
        lock (Guard)
        {
            Volatile.Write(ref _context, null);
            if (!_waiting.TryDequeue(out next))
            {
                End();
                return false;
            }
        }

        ReadOnlySpan<byte> payload = next.Message.Body.Span[BroadcastHead.Size..];
        if (handler.IsSigned)
        {
            if (!IsSigned(next, payload))
            {
                Conclude(new Judgement(next, null, IsForged: true));
                return true;
            }

            payload = payload[AuthorBlock.Size..];
        }

        if (_caller.TryRead(next, payload, out object? message, out BroadcastContext? context))
        {
            Volatile.Write(ref _context, context);
            Judge(next, message, context);
        }
        else
        {
            Conclude(new Judgement(next, null));
        }

        return true;
    }

    private bool IsSigned(GossipMessages.Arrived arrived, ReadOnlySpan<byte> payload) =>
        arrived.Author is not null && AuthorBlock.IsValid(
            node.Signer, node.Settings.NetworkId, arrived.Message.Type, arrived.Head.Salt, payload);

    [SuppressMessage(
        "Design", "CA1031", Justification = "An exception of the handler is reported and is no verdict on the peer.")]
    private void Judge(GossipMessages.Arrived arrived, object message, BroadcastContext context)
    {
        try
        {
            ValueTask<Verdict> verdict = _caller.Invoke(arrived, message, context);
            if (verdict.IsCompletedSuccessfully)
            {
                Conclude(_caller.End(arrived, context, verdict.Result));
            }
            else
            {
                _ = AwaitAsync(arrived, verdict, context);
            }
        }
        catch (Exception exception)
        {
            Conclude(_caller.Fail(arrived, context, exception, message));
        }
    }

    [SuppressMessage(
        "Design", "CA1031", Justification = "An exception of the handler is reported and is no verdict on the peer.")]
    private async Task AwaitAsync(GossipMessages.Arrived arrived, ValueTask<Verdict> pending, BroadcastContext context)
    {
        AwaitedHandler awaited = new(context, arrived.Message.Type);
        node.Running.Enter(awaited);
        try
        {
            Conclude(_caller.End(arrived, context, await pending));
        }
        catch (Exception exception)
        {
            Conclude(_caller.Fail(arrived, context, exception, message: null));
        }

        node.Running.Leave(awaited);
    }

    private void Conclude(in Judgement judgement)
    {
        bool isFirst;
        lock (Guard)
        {
            isFirst = _verdicts.Count == 0;
            _verdicts.Add(judgement);
        }

        if (isFirst)
        {
            broadcaster.Tell(new GossipMessages.VerdictsGiven(this), ActorRefs.NoSender);
        }
    }
}
