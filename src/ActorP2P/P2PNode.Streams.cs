using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Streams.</content>
public sealed partial class P2PNode
{
    /// <summary>
    /// Opens a stream to a peer with a request that says what it is for. The task completes when the request is on its
    /// way; bytes may be written at once. A peer that refuses the stream ends it: the next read or write fails with
    /// <see cref="StreamFailure.PeerError"/>.
    /// </summary>
    /// <param name="peer">The peer.</param>
    /// <param name="request">The request, at most 64 KiB. Its type chooses the handler at the peer.</param>
    /// <param name="lane">The lane of the stream's bytes in both directions.</param>
    /// <param name="cancellationToken">Gives up the wait; the stream is then aborted.</param>
    /// <returns>The stream. Dispose it.</returns>
    /// <exception cref="ArgumentException">
    /// The peer belongs to another node, the lane is none for messages, or the request's type is reserved for the
    /// library.
    /// </exception>
    /// <exception cref="PeerStreamException">The stream cannot be opened; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Task<PeerStream> OpenStreamAsync(
        Peer peer, IMessage request, Lane lane = Lane.Bulk, CancellationToken cancellationToken = default)
    {
        RequireApplicationMessage(request, nameof(request));
        return OpenAsync(peer, request, lane, cancellationToken);
    }

    /// <summary>Opens a stream with a request of any type, also of the library.</summary>
    internal async Task<PeerStream> OpenAsync(
        Peer peer, IMessage request, Lane lane, CancellationToken cancellationToken)
    {
        RequireOwn(peer);
        if (lane is not (Lane.High or Lane.Normal or Lane.Bulk))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lane), lane, $"{nameof(lane)} is {lane}; allowed: High, Normal and Bulk.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (Promises.Stopped.IsCompleted)
        {
            throw new PeerStreamException(StreamFailure.NodeFailed, "the node has stopped");
        }

        if (peer.Map.PeerLacks(request.MessageType))
        {
            throw new PeerStreamException(StreamFailure.NoSuchService, peer.Map.NameOf(request.MessageType)!);
        }

        PeerStream stream = new(peer, PayloadWriter.Encode(request), lane);
        if (!stream.Touch())
        {
            stream.Request!.Value.Buffer.Release();
            throw new PeerStreamException(StreamFailure.NotConnected, $"to {peer.Address}");
        }

        try
        {
            await stream.Opened.OrCancelled(cancellationToken);
            return stream;
        }
        catch (OperationCanceledException)
        {
            stream.Abort(RequestErrorCode.Unwanted, "the opening was cancelled");
            throw;
        }
    }
}
