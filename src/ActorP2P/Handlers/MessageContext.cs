using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P;

/// <summary>What a handler is given besides the message.</summary>
public abstract class MessageContext
{
    private CancellationTokenSource? _source;
    private IServiceScope? _scope;
    private long _start = NodeMetrics.NotTimed;
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

    /// <summary>
    /// The services for this message, from a scope of the host. The scope is made on first use and disposed when the
    /// handler has ended.
    /// </summary>
    /// <exception cref="InvalidOperationException">The node has no services.</exception>
    public IServiceProvider Services
    {
        get
        {
            if (_scope is null)
            {
                IServiceScope scope = (Peer.Owner.Scopes ?? throw new InvalidOperationException(
                    $"The node has no services: {nameof(P2PNodeServices)}.{nameof(P2PNodeServices.Provider)} is "
                    + "null, or makes no scopes.")).CreateScope();
                if (Interlocked.CompareExchange(ref _scope, scope, null) is not null)
                {
                    scope.Dispose();
                }
            }

            return _scope.ServiceProvider;
        }
    }

    /// <summary>The name of the message's kind in measurements.</summary>
    private protected abstract string KindName { get; }

    internal bool IsCancelled => _cancelled;

    /// <summary>Records that the handler is called.</summary>
    internal void Begin() => _start = Peer.Owner.Metrics.HandlerStart;

    /// <summary>Records that the handler has ended, and disposes its services.</summary>
    /// <param name="failure">The name of the reason why it gave no answer; null when it gave one.</param>
    internal void End(string? failure)
    {
        if (_start != NodeMetrics.NotTimed)
        {
            Peer.Owner.Metrics.NoteHandler(TimeSpan.FromTicks(_start), KindName, failure);
            _start = NodeMetrics.NotTimed;
        }

        if (_scope is not null && Interlocked.Exchange(ref _scope, null) is { } scope)
        {
            _ = DisposeAsync(scope);
        }
    }

    /// <summary>Records that the outcome is no longer needed.</summary>
    /// <returns>
    /// The token source to cancel, or null. Cancel it outside of all actors, because it calls the application's
    /// callbacks.
    /// </returns>
    internal CancellationTokenSource? Cancel()
    {
        _cancelled = true;

        // The flag is set before the source is read. Otherwise a source created in between would never be cancelled.
        Interlocked.MemoryBarrier();
        return _source;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Any exception of the application's service is logged.")]
    private async Task DisposeAsync(IServiceScope scope)
    {
        try
        {
            if (scope is IAsyncDisposable disposable)
            {
                await disposable.DisposeAsync();
            }
            else
            {
                scope.Dispose();
            }
        }
        catch (Exception exception)
        {
            Log.ScopeFailed(Peer.Owner.Logger, exception);
        }
    }
}
