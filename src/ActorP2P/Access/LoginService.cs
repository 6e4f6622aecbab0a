using System.Security.Cryptography;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The requests of the library's own service by which a peer logs in.</summary>
internal static class LoginService
{
    /// <summary>
    /// How long the answer to a wrong proof is held back. Nobody guesses 256 bits; the time is for whoever tries many
    /// from an address that is never banned, as the node's own machine is.
    /// </summary>
    public static readonly TimeSpan Delay = TimeSpan.FromSeconds(1);

    /// <summary>Registers the requests.</summary>
    public static void Register(MessageCatalog catalog)
    {
        catalog.Serve(MessageDecoder<LoginBegin>.Instance, HandlerMode.Queued, static (message, context) =>
            ValueTask.FromResult<IMessage>(Begin((LoginBegin)message, context.Peer)));
        catalog.Serve(MessageDecoder<LoginProve>.Instance, HandlerMode.Asynchronous, static (message, context) =>
            ProveAsync((LoginProve)message, context));
        catalog.KnowSystem(MessageDecoder<LoginReply>.Instance);
    }

    private static LoginReply Begin(LoginBegin request, Peer peer)
    {
        if (peer.Owner.Cookie is null)
        {
            return LoginReply.Of(LoginOutcome.NotOffered);
        }

        byte[] challenge = peer.Owner.LoginNonces.Next();
        return peer.Logins.TryBegin(new LoginAttempt(request.Nonce, challenge))
            ? new LoginReply(LoginOutcome.Ok, challenge)
            : LoginReply.Of(LoginOutcome.Busy);
    }

    private static async ValueTask<IMessage> ProveAsync(LoginProve request, RequestContext context)
    {
        Peer peer = context.Peer;
        NodeContext node = peer.Owner;
        if (node.Cookie is not { } cookie)
        {
            return LoginReply.Of(LoginOutcome.NotOffered);
        }

        if (!peer.Logins.TryTake(out LoginAttempt? attempt))
        {
            return LoginReply.Of(LoginOutcome.Busy);
        }

        try
        {
            LoginProof proof = peer.LoginToUs;
            if (attempt is not null && CryptographicOperations.FixedTimeEquals(
                request.Proof, proof.OfClient(cookie.Key, attempt.Nonce, attempt.Challenge)))
            {
                peer.IsLoggedIn = true;
                Log.LoggedIn(node.Logger, peer);
                return new LoginReply(
                    LoginOutcome.Ok, proof.OfServer(cookie.Key, attempt.Nonce, attempt.Challenge));
            }

            node.Manager.Tell(
                new ManagerMessages.Penalise(peer.ConnectionId, ReasonTable.WrongLoginPoints, "a wrong login"),
                ActorRefs.NoSender);

            // A handler that waits does not count as running, so these waits keep no other handler from running.
            Task delay = Task.Delay(Delay, node.TimeProvider, context.CancellationToken);
            await (HandlerScope.Current is { } handler ? handler.WaitFor(delay) : delay);
            return LoginReply.Of(LoginOutcome.Wrong);
        }
        finally
        {
            peer.Logins.End();
        }
    }
}
