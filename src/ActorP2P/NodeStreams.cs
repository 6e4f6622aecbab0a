using System.Runtime.CompilerServices;
using ActorP2P.Protocol;
using Microsoft.Win32.SafeHandles;

namespace ActorP2P;

/// <summary>Streams between a node and its peers.</summary>
public static class NodeStreams
{
    /// <summary>
    /// Opens a stream to a peer with a request that says what it is for. The task completes when the request is on its
    /// way; bytes may be written at once. A peer that refuses the stream ends it: the next read or write fails with
    /// <see cref="StreamFailure.PeerError"/>.
    /// </summary>
    /// <param name="node">The node.</param>
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
    public static Task<PeerStream> OpenStreamAsync(
        this P2PNode node, Peer peer, IMessage request, Lane lane = Lane.Bulk,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        P2PNode.RequireApplicationMessage(request, nameof(request));
        return node.OpenAsync(peer, request, lane, cancellationToken);
    }

    /// <summary>Opens a stream with a request of any type, also of the library.</summary>
    internal static async Task<PeerStream> OpenAsync(
        this P2PNode node, Peer peer, IMessage request, Lane lane, CancellationToken cancellationToken)
    {
        node.RequireOwn(peer);
        RequireLane(lane);
        cancellationToken.ThrowIfCancellationRequested();
        if (node.IsOver)
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

    /// <summary>
    /// Asks a peer for many answers of one type, to be taken by <c>await foreach</c>. The peer makes them no faster
    /// than they are taken. Leaving the loop tells the peer to stop.
    /// </summary>
    /// <typeparam name="TItem">The message type of the answers.</typeparam>
    /// <param name="node">The node.</param>
    /// <param name="peer">The peer to ask.</param>
    /// <param name="request">The request, at most 64 KiB.</param>
    /// <param name="lane">The lane of the answers.</param>
    /// <param name="cancellationToken">Ends the sequence; the peer is told.</param>
    /// <returns>The answers. Nothing is asked before they are enumerated, and each enumeration asks once.</returns>
    /// <exception cref="ArgumentException">
    /// The peer belongs to another node, the lane is none for messages, or the request's type is reserved for the
    /// library.
    /// </exception>
    /// <exception cref="PeerStreamException">While enumerated: the answers ended before their end.</exception>
    /// <exception cref="OperationCanceledException">While enumerated: cancelled.</exception>
    public static IAsyncEnumerable<TItem> AskManyAsync<TItem>(
        this P2PNode node, Peer peer, IMessage request, Lane lane = Lane.Normal,
        CancellationToken cancellationToken = default)
        where TItem : class, IMessage<TItem>
    {
        ArgumentNullException.ThrowIfNull(node);
        return node.AskManyAsync<TItem>(node.Context.Catalog.Know<TItem>(), peer, request, lane, cancellationToken);
    }

    /// <summary>
    /// Sends a file to a peer. The task completes when the peer has the whole file and has checked its SHA-256. If the
    /// peer has a part of it from an earlier attempt, only the rest is sent.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="peer">
    /// The peer, which must receive files (<see cref="ProtocolBuilder.OnFile(string, IProgress{FileProgress})"/>).
    /// </param>
    /// <param name="path">The file.</param>
    /// <param name="name">The name that the peer is told; null: that of the file.</param>
    /// <param name="progress">Is told how many bytes of the file the peer was sent, with those it had before.</param>
    /// <param name="isFromStart">Whether all bytes are sent, even if the peer has a part.</param>
    /// <param name="cancellationToken">Ends the sending; the peer keeps the part that it has.</param>
    /// <exception cref="ArgumentException">
    /// The peer belongs to another node, or the name is not that of a file alone (<see cref="FileOffer.IsName"/>).
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="PeerStreamException">
    /// The stream ended before its end: <see cref="PeerStreamException.ErrorCode"/> is
    /// <see cref="RequestErrorCode.Unwanted"/> when the peer does not want the file,
    /// <see cref="RequestErrorCode.Malformed"/> when what it received has another hash, and
    /// <see cref="RequestErrorCode.NoRoom"/> when it is receiving the file already.
    /// </exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<FileSent> SendFileAsync(
        this P2PNode node, Peer peer, string path, string? name = null,
        IProgress<long>? progress = null, bool isFromStart = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentException.ThrowIfNullOrEmpty(path);
        name ??= Path.GetFileName(path);
        if (!FileOffer.IsName(name))
        {
            throw new ArgumentException(
                $"{nameof(name)} is '{PrintableText.Of(name)}'; allowed: the name of a file without a path, at most "
                + $"{FileOffer.MaxName} bytes of UTF-8.", nameof(name));
        }

        using SafeFileHandle file = File.OpenHandle(path);
        FileOffer offer = new(name, RandomAccess.GetLength(file), isFromStart);
        await using PeerStream stream = await node.OpenAsync(peer, offer, Lane.Bulk, cancellationToken);
        return await FileSender.SendAsync(stream, file, offer, progress, cancellationToken);
    }

    /// <summary>Asks for many answers that this decoder reads.</summary>
    internal static IAsyncEnumerable<TItem> AskManyAsync<TItem>(
        this P2PNode node, MessageDecoder decoder, Peer peer, IMessage request, Lane lane,
        CancellationToken cancellationToken)
        where TItem : class
    {
        node.RequireOwn(peer);
        P2PNode.RequireApplicationMessage(request, nameof(request));
        RequireLane(lane);
        return EnumerateAsync<TItem>(node, decoder, peer, request, lane, cancellationToken);
    }

    private static void RequireLane(Lane lane)
    {
        if (lane is not (Lane.High or Lane.Normal or Lane.Bulk))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lane), lane, $"{nameof(lane)} is {lane}; allowed: High, Normal and Bulk.");
        }
    }

    private static async IAsyncEnumerable<TItem> EnumerateAsync<TItem>(
        P2PNode node, MessageDecoder decoder, Peer peer, IMessage request, Lane lane,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TItem : class
    {
        await using PeerStream stream = await node.OpenAsync(peer, request, lane, cancellationToken);
        stream.EndWriting();
        bool isComplete = false;
        try
        {
            while (await StreamItems.ReadAsync(stream, decoder, node.Settings.Session.MaxMessage, cancellationToken)
                is TItem item)
            {
                yield return item;
            }

            isComplete = true;
        }
        finally
        {
            if (!isComplete)
            {
                stream.Abort(RequestErrorCode.Unwanted, "no more answers are wanted");
            }
        }
    }
}
