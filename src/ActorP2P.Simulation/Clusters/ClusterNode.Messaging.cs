using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <content>The messages that a scenario lets it send. Asks are followed to their end.</content>
public sealed partial class ClusterNode
{
    private readonly List<ClusterAsk> _asks = [];

    /// <summary>All asks of this node that the scenario made.</summary>
    public IReadOnlyList<ClusterAsk> Asks => _asks;

    /// <summary>Asks another node, and connects first if needed.</summary>
    /// <exception cref="AskException">There is no answer; the exception says why.</exception>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="NodeKilledException">This node was killed.</exception>
    public async Task<TReply> AskAsync<TReply>(string node, IMessage request, SendOptions? options = null)
        where TReply : class, IMessage<TReply>
    {
        Peer peer = FindPeer(node) ?? await ConnectAsync(node);
        return await AskAsync<TReply>(peer, request, options);
    }

    /// <summary>Asks a peer.</summary>
    /// <exception cref="AskException">There is no answer; the exception says why.</exception>
    /// <exception cref="NodeKilledException">This node was killed.</exception>
    public Task<TReply> AskAsync<TReply>(Peer peer, IMessage request, SendOptions? options = null)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>(peer, request, options, mustBeAnswered: false);

    /// <summary>Connects to another node.</summary>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="NodeKilledException">This node was killed.</exception>
    public async Task<Peer> ConnectAsync(string node)
    {
        Task<Peer> connected = Node.ConnectAsync(_cluster[node].Address);
        await Unless(connected);
        return await connected;
    }

    /// <summary>Sends a notify to another node, and connects first if needed.</summary>
    /// <exception cref="SendException">The message was not queued; the exception says why.</exception>
    /// <exception cref="ConnectException">There is no connection; the exception says why.</exception>
    /// <exception cref="NodeKilledException">This node was killed.</exception>
    public async Task TellAsync(string node, IMessage message, SendOptions? options = null)
    {
        Peer peer = FindPeer(node) ?? await ConnectAsync(node);
        await Unless(Node.TellAsync(peer, message, options));
    }

    /// <summary>Sends a message to the whole mesh.</summary>
    /// <returns>The number of this node's peers that it was passed to.</returns>
    /// <exception cref="SendException">The node has stopped.</exception>
    /// <exception cref="NodeKilledException">This node was killed.</exception>
    public async Task<int> BroadcastAsync(IMessage message, SendOptions? options = null)
    {
        Task<int> sent = Node.BroadcastAsync(message, options);
        await Unless(sent);
        return await sent;
    }

    [SuppressMessage("Design", "CA1031", Justification = "An exception is recorded and thrown again.")]
    internal async Task<TReply> AskAsync<TReply>(Peer peer, IMessage request, SendOptions? options, bool mustBeAnswered)
        where TReply : class, IMessage<TReply>
    {
        P2PNode node = Node;
        TimeSpan limit = options?.Timeout ?? _cluster.SettingsOf(this).RequestTimeout;
        ClusterAsk ask = new(Name, peer, _cluster.World.Now, limit, mustBeAnswered);
        _asks.Add(ask);
        Task<TReply> answer = node.AskAsync<TReply>(
            peer, request, (options ?? SendOptions.Default) with { Timeout = limit });
        try
        {
            await Unless(answer);
            ask.End(_cluster.World.Now, null);
        }
        catch (Exception failure)
        {
            ask.End(_cluster.World.Now, failure);
            _cluster.OnAskFailed(this, ask);
            throw;
        }

        return await answer;
    }
}
