namespace ActorP2P;

/// <summary>What a handler is given besides the message.</summary>
public abstract class MessageContext
{
    private CancellationTokenSource? _source;
    private volatile bool _cancelled;

    private protected MessageContext(Peer peer) => Peer = peer;

    /// <summary>The peer that sent the message.</summary>
    public Peer Peer { get; }

    /// <summary>The node that the handler runs for. A handler uses it to ask, tell and broadcast.</summary>
    public P2PNode Node => Peer.Owner.Node;

    /// <summary>
    /// Cancelled when the outcome is no longer needed: when the asker cancels or the connection ends. For
    /// a broadcast, which other peers may still wait for, it is cancelled only when the node stops.
    /// </summary>
    public CancellationToken CancellationToken
    {
        get
        {
            // Created on first use: most handlers never read it, and it would be the largest object of each message.
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

    /// <summary>Records that the outcome is no longer needed.</summary>
    /// <returns>
    /// The token source to cancel, or null. Cancel it outside of
    /// all actors, because it calls the application's callbacks.
    /// </returns>
    internal CancellationTokenSource? Cancel()
    {
        _cancelled = true;

        // The flag is set before the source is read. Otherwise a source created in between would never be cancelled.
        Interlocked.MemoryBarrier();
        return _source;
    }
}
