using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A promise to somebody who waits for a connection.</summary>
/// <param name="address">The address to connect to.</param>
/// <param name="early">
/// Whether to settle the promise before the handshake, so that a request may follow directly after the hello.
/// </param>
internal sealed class ConnectPromise(PeerAddress address, bool early)
{
    private readonly TaskCompletionSource<Peer> _promise = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PeerAddress Address { get; } = address;

    public bool Early { get; } = early;

    /// <summary>What the connection is for.</summary>
    public PeerKind Kind { get; init; } = PeerKind.Manual;

    public Task<Peer> Task => _promise.Task;

    /// <summary>
    /// How the session with the last address of a name ended, if it failed and other addresses are tried.
    /// </summary>
    public Disconnect? LastEnd { get; set; }

    /// <summary>Whether the caller no longer waits.</summary>
    public bool IsCancelled => _promise.Task.IsCanceled;

    /// <summary>Delivers the connection.</summary>
    /// <returns>Whether the caller has it now; false when the promise was settled before.</returns>
    public bool Succeed(Peer peer)
    {
        // Before the caller can close the connection for want of another purpose.
        if (!IsCancelled)
        {
            peer.Serve(Kind);
        }

        return _promise.TrySetResult(peer);
    }

    public void Fail(ConnectFailure reason, string detail, Disconnect? end = null)
    {
        // The end of the last session tells more than that no other address is left.
        bool isLast = reason == ConnectFailure.NameNotResolved && LastEnd is not null;
        _promise.TrySetException(isLast
            ? new ConnectException(Address, ConnectFailure.HandshakeFailed, $"{LastEnd}", LastEnd)
            : new ConnectException(Address, reason, detail, end));
    }

    /// <summary>Cancels the wait.</summary>
    /// <returns>False when the promise was settled before.</returns>
    public bool Cancel(CancellationToken cancellationToken) => _promise.TrySetCanceled(cancellationToken);
}
