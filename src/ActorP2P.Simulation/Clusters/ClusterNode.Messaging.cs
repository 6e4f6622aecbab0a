using System.Diagnostics.CodeAnalysis;
using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <content>What a scenario lets it say; asks are followed to their end.</content>
public sealed partial class ClusterNode
{
    private readonly List<ClusterAsk> _asks = [];

    /// <summary>All asks of this node that the scenario made.</summary>
    public IReadOnlyList<ClusterAsk> Asks => _asks;

    /// <summary>Asks another node, connecting first where need be.</summary>
    /// <exception cref="AskException">No answer, and why.</exception>
    /// <exception cref="ConnectException">No connection, and why.</exception>
    /// <exception cref="NodeKilledException">This node died.</exception>
    public async Task<TReply> AskAsync<TReply>(string node, IMessage request, SendOptions? options = null)
        where TReply : class, IMessage<TReply>
    {
        Peer peer = FindPeer(node) ?? await ConnectAsync(node);
        return await AskAsync<TReply>(peer, request, options);
    }

    /// <summary>Asks a peer.</summary>
    /// <exception cref="AskException">No answer, and why.</exception>
    /// <exception cref="NodeKilledException">This node died.</exception>
    public Task<TReply> AskAsync<TReply>(Peer peer, IMessage request, SendOptions? options = null)
        where TReply : class, IMessage<TReply> => AskAsync<TReply>(peer, request, options, mustBeAnswered: false);

    /// <summary>Connects to another node.</summary>
    /// <exception cref="ConnectException">No connection, and why.</exception>
    /// <exception cref="NodeKilledException">This node died.</exception>
    public async Task<Peer> ConnectAsync(string node)
    {
        Task<Peer> connected = Node.ConnectAsync(_cluster[node].Address);
        await Unless(connected);
        return await connected;
    }

    /// <summary>Tells another node something, connecting first where need be.</summary>
    /// <exception cref="SendException">Not queued, and why.</exception>
    /// <exception cref="ConnectException">No connection, and why.</exception>
    /// <exception cref="NodeKilledException">This node died.</exception>
    public async Task TellAsync(string node, IMessage message, SendOptions? options = null)
    {
        Peer peer = FindPeer(node) ?? await ConnectAsync(node);
        await Unless(Node.TellAsync(peer, message, options));
    }

    /// <summary>Sends a message to the whole mesh.</summary>
    /// <returns>To how many peers of this node it was handed.</returns>
    /// <exception cref="SendException">The node has stopped.</exception>
    /// <exception cref="NodeKilledException">This node died.</exception>
    public async Task<int> BroadcastAsync(IMessage message, SendOptions? options = null)
    {
        Task<int> sent = Node.BroadcastAsync(message, options);
        await Unless(sent);
        return await sent;
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever ends the ask is noted, and thrown on.")]
    internal async Task<TReply> AskAsync<TReply>(Peer peer, IMessage request, SendOptions? options, bool mustBeAnswered)
        where TReply : class, IMessage<TReply>
    {
        P2PNode node = Node;
        TimeSpan limit = options?.Timeout ?? _cluster.SettingsOf(this).RequestTimeout;
        ClusterAsk ask = new(Name, peer, _cluster.World.Now, limit, mustBeAnswered);
        _asks.Add(ask);
        Task<TReply> answer = node.AskAsync<TReply>(peer, request, (options ?? SendOptions.Default) with { Timeout = limit });
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
