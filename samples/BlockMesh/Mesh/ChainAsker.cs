using ActorP2P;
using BlockMesh.Messages;

namespace BlockMesh.Mesh;

/// <summary>Asks peers for ranges of their chains. Each request is an <c>AskAsync</c> of the library.</summary>
internal sealed class ChainAsker(P2PNode node)
{
    /// <summary>Asks for a range of headers that fits in one reply.</summary>
    public async Task<HeaderRun> HeadersAsync(RemoteChain remote, Range range, CancellationToken cancellationToken)
    {
        var ask = new GetHeaders(range.Start.Value, range.End.Value - range.Start.Value);
        Headers reply = await node.AskAsync<Headers>(remote.Peer, ask, cancellationToken: cancellationToken);
        if (reply.From != ask.From || reply.Count > ask.Max)
        {
            return new HeaderRun(
                Status: null, default, Unasked(remote, ask, $"{reply.Count} headers from {reply.From}"));
        }

        if (reply.Count < Math.Min(ask.Max, reply.Status.Headers - ask.From))
        {
            // A peer that claims data but does not send it would make others wait for it.
            string answered = $"{reply.Count} headers, though it says that it holds {reply.Status.Headers}";
            return new HeaderRun(Status: null, default, Unasked(remote, ask, answered));
        }

        return new HeaderRun(reply.Status, reply.Bytes, Refusal: null);
    }

    /// <summary>Asks for a range of blocks. The peer sends fewer if they are large or if its pace is limited.</summary>
    public async Task<BlockRun> BlocksAsync(RemoteChain remote, Range range, CancellationToken cancellationToken)
    {
        var ask = new GetBlocks(range.Start.Value, range.End.Value - range.Start.Value);
        Blocks reply = await node.AskAsync<Blocks>(remote.Peer, ask, cancellationToken: cancellationToken);
        if (reply.From != ask.From || reply.Items.Count > ask.Max)
        {
            string answered = $"{reply.Items.Count} blocks from {reply.From}";
            return new BlockRun(Status: null, reply.Items, Unasked(remote, ask, answered));
        }

        return new BlockRun(reply.Status, reply.Items, Refusal: null);
    }

    private static ReplyRefusal Unasked(RemoteChain remote, object ask, string answered) =>
        new($"{remote.Peer}", $"{ask}", answered);
}
