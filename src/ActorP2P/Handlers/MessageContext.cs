namespace ActorP2P;

/// <summary>What a handler is told beside the message.</summary>
public abstract class MessageContext
{
    private CancellationTokenSource? _source;
    private volatile bool _cancelled;

    private protected MessageContext(Peer peer) => Peer = peer;

    /// <summary>Whom the message came from.</summary>
    public Peer Peer { get; }

    /// <summary>Cancelled when nobody waits for the outcome any more: the asker cancelled, or the connection ended.</summary>
    public CancellationToken Cancellation
    {
        get
        {
            // Made when asked for: most handlers never look, and a token source for each message would be its largest part.
            if (_source is null)
            {
                Interlocked.CompareExchange(ref _source, new CancellationTokenSource(), null);
                if (_cancelled)
                {
                    _source.Cancel();
                }
            }

            return _source.Token;
        }
    }

    internal bool IsCancelled => _cancelled;

    internal void Cancel()
    {
        _cancelled = true;
        _source?.Cancel();
    }
}
