using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>Logins to peers, for local tools.</summary>
public static class NodeLogins
{
    /// <summary>
    /// Logs in to a peer with the cookie that the peer has written to a file at its start
    /// (<see cref="P2PNodeOptions.CookieFile"/>). The peer then lets this node use its services for peers that have
    /// logged in (<see cref="ServiceAccess.LoggedIn"/>), as long as this connection lasts. The cookie is not sent: both
    /// sides prove that they know it.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="peer">The peer to log in to.</param>
    /// <param name="cookieFile">The path of the peer's cookie file.</param>
    /// <param name="cancellationToken">Gives up the wait; the peer may have accepted the login nevertheless.</param>
    /// <exception cref="ArgumentException">The peer belongs to another node, or the path is empty.</exception>
    /// <exception cref="IdentityException">
    /// The file cannot be read, other users can read it, or it has no cookie; the message says which.
    /// </exception>
    /// <exception cref="LoginException">The peer has not accepted the login; the exception says why.</exception>
    /// <exception cref="AskException">The peer has not answered; the exception says why.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task LoginAsync(
        this P2PNode node, Peer peer, string cookieFile, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        node.RequireOwn(peer);
        ArgumentException.ThrowIfNullOrWhiteSpace(cookieFile);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] cookie = LoginCookie.Read(cookieFile);
        byte[] nonce = node.Context.LoginNonces.Next();
        byte[] challenge = await AskLoginAsync(node, peer, new LoginBegin(nonce), cancellationToken);
        LoginProof proof = peer.LoginToPeer;
        byte[] shown = await AskLoginAsync(
            node, peer, new LoginProve(proof.OfClient(cookie, nonce, challenge)), cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(shown, proof.OfServer(cookie, nonce, challenge)))
        {
            throw new LoginException(LoginFailure.PeerNotProven, $"{peer} does not know the cookie in {cookieFile}");
        }
    }

    private static async Task<byte[]> AskLoginAsync(
        P2PNode node, Peer peer, IMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (node.IsOver)
        {
            throw new AskException(AskFailure.NodeFailed, "the node has stopped");
        }

        // The peer holds back its answer to a wrong login.
        TimeSpan? limit = WaitTime.Limit(node.Context.Settings.RequestTimeout, nameof(P2PNodeOptions.RequestTimeout));
        PendingAsk<LoginReply> pending = new(peer, LoginReply.TypeCode);
        node.Context.Asks.Post(
            new PostedAsk(pending, PayloadWriter.Encode(request), Lane.Normal, limit + LoginService.Delay, null));
        LoginReply reply;
        try
        {
            reply = await node.AwaitAsync(pending, cancellationToken);
        }
        catch (AskException refused) when (refused.ErrorCode == RequestErrorCode.NoSuchService)
        {
            throw new LoginException(LoginFailure.NotOffered, $"{peer} knows no logins");
        }

        return reply.Outcome switch
        {
            LoginOutcome.Ok => reply.Bytes,
            LoginOutcome.Busy => throw new LoginException(LoginFailure.Busy, $"{peer} still checks an earlier login"),
            LoginOutcome.NotOffered => throw new LoginException(
                LoginFailure.NotOffered, $"{peer} has no cookie file"),
            _ => throw new LoginException(LoginFailure.WrongCookie, $"{peer} has another cookie"),
        };
    }

    internal static void RemoveCookie(NodeContext? context)
    {
        try
        {
            context?.Cookie?.Remove();
        }
        catch (IdentityException failure)
        {
            // The file is of no use to anybody, so the node's end does not fail for it.
            Log.CookieNotRemoved(context!.Logger, failure.Message);
        }
    }
}
