using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Somebody waits for a connection.</summary>
/// <param name="address">Where to.</param>
/// <param name="early">
/// Whether the bare connection will do, so that a request may follow right behind the hello, or the handshake is waited for.
/// </param>
internal sealed class ConnectPromise(PeerAddress address, bool early)
{
    private readonly TaskCompletionSource<Peer> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PeerAddress Address { get; } = address;

    public bool Early { get; } = early;

    public Task<Peer> Task => _promise.Task;

    /// <summary>How the session with the last address of a name ended, when that was no use and others are tried.</summary>
    public Disconnect? LastEnd { get; set; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsCancelled => _promise.Task.IsCanceled;

    /// <summary>Gives the connection.</summary>
    /// <returns>Whether somebody has it now; false when the promise was settled before.</returns>
    public bool Succeed(Peer peer) => _promise.TrySetResult(peer);

    public void Fail(ConnectFailure reason, string detail, Disconnect? end = null)
    {
        // That no other address is left says less than what became of the last one.
        bool isLast = reason == ConnectFailure.NameNotResolved && LastEnd is not null;
        _promise.TrySetException(isLast
            ? new ConnectException(Address, ConnectFailure.HandshakeFailed, $"{LastEnd}", LastEnd)
            : new ConnectException(Address, reason, detail, end));
    }

    /// <summary>Waits no longer.</summary>
    /// <returns>False when the promise was settled before.</returns>
    public bool Cancel(CancellationToken cancellationToken) => _promise.TrySetCanceled(cancellationToken);
}
