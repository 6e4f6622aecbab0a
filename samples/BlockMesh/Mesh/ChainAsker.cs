using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>Asks peers for ranges of their chains: the sample's requests, each an <c>AskAsync</c> of the library.</summary>
internal sealed class ChainAsker(P2PNode node)
{
    /// <summary>Asks for the headers of a range that one reply can carry.</summary>
    public async Task<HeaderRun> HeadersAsync(RemoteChain remote, Range range, CancellationToken cancellation)
    {
        var ask = new GetHeaders(range.Start.Value, range.End.Value - range.Start.Value);
        Headers reply = await node.AskAsync<Headers>(remote.Peer, ask, cancellation);
        if (reply.From != ask.From || reply.Count > ask.Max)
        {
            return new HeaderRun(Status: null, default, Unasked(remote, ask, $"{reply.Count} headers from {reply.From}"));
        }

        return new HeaderRun(reply.Status, reply.Bytes, Refusal: null);
    }

    /// <summary>Asks for the blocks of a range until it is filled or the peer has no more to give now.</summary>
    /// <remarks>A peer gives fewer blocks than asked for when they are large or it is paced.</remarks>
    public async Task<BlockRun> BlocksAsync(RemoteChain remote, Range range, CancellationToken cancellation)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        ChainStatus? status = null;
        int next = range.Start.Value;
        while (next < range.End.Value)
        {
            var ask = new GetBlocks(next, range.End.Value - next);
            Blocks reply = await node.AskAsync<Blocks>(remote.Peer, ask, cancellation);
            if (reply.From != ask.From || reply.Items.Count > ask.Max)
            {
                return new BlockRun(Status: null, items, Unasked(remote, ask, $"{reply.Items.Count} blocks from {reply.From}"));
            }

            status = reply.Status;
            if (reply.Items.Count == 0)
            {
                break;
            }

            items.AddRange(reply.Items);
            next += reply.Items.Count;
        }

        return new BlockRun(status, items, Refusal: null);
    }

    private static ReplyRefusal Unasked(RemoteChain remote, object ask, string answered) =>
        new($"{remote.Peer}", $"{ask}", answered);
}
