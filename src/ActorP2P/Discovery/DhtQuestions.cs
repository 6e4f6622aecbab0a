using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Asks other nodes, over connections that exist or that it opens and closes again. It is a part of the
/// <see cref="DhtActor"/> and used in its turns only; a question itself runs outside of them.
/// </summary>
internal sealed class DhtQuestions(NodeContext node, DhtState state, IActorRef self)
{
    /// <summary>
    /// How long a connection is kept without a question: the walks of a node that joins ask the same nodes again.
    /// </summary>
    public static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(20);

    /// <summary>The time for an answer, after the connection exists.</summary>
    public static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(5);

    private static readonly DhtReply Unreachable = new(null, null, DhtFault.Unreachable);

    private readonly Dictionary<long, Question> _open = [];

    // In the order of their last use.
    private readonly List<OpenedConnection> _opened = [];

    /// <summary>Whether a further question may begin.</summary>
    public bool HasRoom => _open.Count < node.Settings.Dht.MaxOpened;

    /// <summary>Asks a node.</summary>
    /// <param name="contact">The node.</param>
    /// <param name="request">The question.</param>
    /// <param name="done">Called in a later turn.</param>
    public void Ask(DhtContact contact, IMessage request, Action<DhtReply> done) =>
        Begin(contact.Id, contact.Record.Addresses, null, request, done);

    /// <summary>Asks a peer.</summary>
    public void Ask(Peer peer, NodeId id, IMessage request, Action<DhtReply> done) =>
        Begin(id, [], peer, request, done);

    /// <summary>A question has ended.</summary>
    public void End(DhtMessages.QuestionEnded ended)
    {
        // A question of before a restart is not known.
        if (_open.Remove(ended.Number, out Question? question))
        {
            Note(ended.Reply.Peer, question);
            if (ended.Reply.Answer is null)
            {
                Log.QuestionFailed(
                    node.Logger, ended.Reply.Failure, question.Id.ToShortString(), ended.Reply.Fault);
            }

            question.Done(ended.Reply);
        }
    }

    /// <summary>Closes the connections that it has opened and nobody needs any more.</summary>
    /// <param name="all">Whether those that were used just now are closed too.</param>
    public void CloseIdle(bool all)
    {
        _opened.RemoveAll(static opened => opened.Peer.IsOver);
        int most = all ? 0 : Math.Max(0, node.Settings.Dht.MaxOpened - _open.Count);
        for (int i = 0; i < _opened.Count;)
        {
            OpenedConnection opened = _opened[i];
            bool isIdle = all || _opened.Count > most || node.Now - opened.LastUse >= IdleAfter;
            if (!isIdle || (!all && _open.Values.Any(question => question.Id == opened.Peer.Id)))
            {
                i++;
                continue;
            }

            _opened.RemoveAt(i);
            if (opened.Peer.Kind <= PeerKind.Extra)
            {
                node.Manager.Tell(new ManagerMessages.CloseLink(opened.Peer), self);
            }
        }
    }

    private void Begin(
        NodeId id, IReadOnlyList<PeerAddress> addresses, Peer? peer, IMessage request, Action<DhtReply> done)
    {
        long number = ++state.LastQuestion;
        peer ??= _opened.Find(opened => opened.Peer.Id == id && !opened.Peer.IsOver)?.Peer
            ?? node.Board.Peers.FirstOrDefault(other => other.Id == id);
        _open.Add(number, new Question(id, peer is null, done));
        _ = Task.Factory.StartNew(
            () => RunAsync(number, addresses, peer, request), CancellationToken.None,
            TaskCreationOptions.DenyChildAttach, node.Scheduler);
    }

    private void Note(Peer? peer, Question question)
    {
        if (peer is null)
        {
            return;
        }

        int known = _opened.FindIndex(opened => opened.Peer == peer);
        if (known >= 0)
        {
            _opened.RemoveAt(known);
        }

        if (known >= 0 || (question.IsDialled && peer.IsOutbound && !IsBootstrap(peer)))
        {
            _opened.Add(new OpenedConnection(peer, node.Now));
        }

        CloseIdle(all: false);
    }

    // Those are kept connected whoever asks for them.
    private bool IsBootstrap(Peer peer) =>
        node.Settings.Bootstrap.Any(address => address.WithoutId == peer.Address.WithoutId);

    [SuppressMessage(
        "Design", "CA1031", Justification = "Whatever fails, the actor learns and logs that the question ended.")]
    private async Task RunAsync(long number, IReadOnlyList<PeerAddress> addresses, Peer? peer, IMessage request)
    {
        DhtReply reply;
        try
        {
            reply = peer is null ? Unreachable : await AskAsync(peer, request);
            if (reply is { Answer: null, Fault: DhtFault.Unreachable })
            {
                // The other side closes a connection that it has opened and no longer needs.
                peer = await ConnectAsync(addresses);
                reply = peer is null ? Unreachable : await AskAsync(peer, request);
            }
        }
        catch (Exception failure)
        {
            reply = Unreachable with { Failure = failure };
        }

        self.Tell(new DhtMessages.QuestionEnded(number, reply), ActorRefs.NoSender);
    }

    private async Task<Peer?> ConnectAsync(IReadOnlyList<PeerAddress> addresses)
    {
        foreach (PeerAddress address in addresses)
        {
            try
            {
                return await node.Node.ConnectAsync(address, PeerKind.Extra, CancellationToken.None);
            }
            catch (ConnectException)
            {
                // The node may be at its next address.
            }
        }

        return null;
    }

    private async Task<DhtReply> AskAsync(Peer peer, IMessage request)
    {
        try
        {
            IMessage answer = request switch
            {
                FindNode => await AskAsync<FoundNodes>(peer, request, DhtTypes.Nodes),
                GetProviders => await AskAsync<FoundProviders>(peer, request, DhtTypes.Providers),
                _ => await AskAsync<ProviderAdded>(peer, request, DhtTypes.ProviderAdded),
            };
            return new DhtReply(peer, answer, default);
        }
        catch (AskException failed)
        {
            return new DhtReply(peer, null, failed.Reason switch
            {
                AskFailure.TimedOut or AskFailure.Expired => DhtFault.Silent,
                AskFailure.Malformed or AskFailure.UnexpectedType => DhtFault.Malformed,
                _ when failed.ErrorCode == RequestErrorCode.NoRoom => DhtFault.Busy,
                _ when failed.ErrorCode is not 0 and not RequestErrorCode.ShuttingDown => DhtFault.Refused,
                _ => DhtFault.Unreachable,
            });
        }
    }

    private async Task<TReply> AskAsync<TReply>(Peer peer, IMessage request, ushort type)
        where TReply : class
    {
        PendingAsk<TReply> pending = new(peer, type);
        node.Asks.Post(new PostedAsk(pending, PayloadWriter.Encode(request), Lane.Normal, AnswerTimeout, null));
        return await node.Node.AwaitAsync(pending, CancellationToken.None);
    }

    private sealed record Question(NodeId Id, bool IsDialled, Action<DhtReply> Done);

    private sealed record OpenedConnection(Peer Peer, TimeSpan LastUse);
}
