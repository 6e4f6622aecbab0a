using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Logging in to a peer, for local tools.</content>
public sealed partial class P2PNode
{
    /// <summary>
    /// Logs in to a peer with the cookie that the peer has written to a file at its start
    /// (<see cref="P2PNodeOptions.CookieFile"/>). The peer then lets this node use its services for peers that have
    /// logged in (<see cref="ServiceAccess.LoggedIn"/>), as long as this connection lasts. The cookie is not sent: both
    /// sides prove that they know it.
    /// </summary>
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
    public async Task LoginAsync(Peer peer, string cookieFile, CancellationToken cancellationToken = default)
    {
        RequireOwn(peer);
        ArgumentException.ThrowIfNullOrWhiteSpace(cookieFile);
        cancellationToken.ThrowIfCancellationRequested();
        byte[] cookie = LoginCookie.Read(cookieFile);
        byte[] nonce = Context.LoginNonces.Next();
        byte[] challenge = await AskLoginAsync(peer, new LoginBegin(nonce), cancellationToken);
        LoginProof proof = peer.LoginToPeer;
        byte[] shown = await AskLoginAsync(
            peer, new LoginProve(proof.OfClient(cookie, nonce, challenge)), cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(shown, proof.OfServer(cookie, nonce, challenge)))
        {
            throw new LoginException(LoginFailure.PeerNotProven, $"{peer} does not know the cookie in {cookieFile}");
        }
    }

    private async Task<byte[]> AskLoginAsync(Peer peer, IMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Promises.Stopped.IsCompleted)
        {
            throw new AskException(AskFailure.NodeFailed, "the node has stopped");
        }

        // The peer holds back its answer to a wrong login.
        TimeSpan? limit = WaitTime.Limit(Context.Settings.RequestTimeout, nameof(P2PNodeOptions.RequestTimeout));
        PendingAsk<LoginReply> pending = new(peer, LoginReply.TypeCode);
        Context.Asks.Post(
            new PostedAsk(pending, PayloadWriter.Encode(request), Lane.Normal, limit + LoginService.Delay, null));
        LoginReply reply;
        try
        {
            reply = await AwaitAsync(pending, cancellationToken);
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

    private static void RemoveCookie(NodeContext? context)
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
