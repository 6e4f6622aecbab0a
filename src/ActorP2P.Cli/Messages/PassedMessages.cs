using System.Threading.Channels;

namespace ActorP2P.Cli.Messages;

/// <summary>What a listener has seen and not printed yet. When the printing is too slow, the oldest are lost.</summary>
internal sealed class PassedMessages(TimeProvider time)
{
    private const int Capacity = 10_000;

    private readonly Channel<PassedMessage> _seen = Channel.CreateBounded<PassedMessage>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    private long _added;

    /// <summary>All that were added so far.</summary>
    public long Added => Interlocked.Read(ref _added);

    /// <summary>Registers handlers of broadcasts and tells of these types.</summary>
    public void Register(ProtocolBuilder protocol, IReadOnlyList<ushort> types, bool isSigned)
    {
        foreach (ushort type in types)
        {
            if (isSigned)
            {
                protocol.OnSignedBroadcast(type, (payload, context) => Judge(type, payload, context));
            }
            else
            {
                protocol.OnBroadcast(type, (payload, context) => Judge(type, payload, context));
            }

            protocol.OnNotify(type, (peer, payload) => Add(
                new PassedMessage(time.GetUtcNow(), "tell", peer) { Type = type, Bytes = payload.ToArray() }));
        }
    }

    /// <summary>Adds the connections of a node, until it stops or the token is cancelled.</summary>
    public async Task FollowAsync(NodeEvents events, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (NodeEvent happened in events.WithCancellation(cancellationToken))
            {
                if (happened is PeerConnected connected)
                {
                    Add(new PassedMessage(time.GetUtcNow(), "connected", connected.Peer));
                }
                else if (happened is PeerDisconnected gone)
                {
                    Add(new PassedMessage(time.GetUtcNow(), "disconnected", gone.Peer) { End = gone.End });
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The listener ends.
        }
    }

    /// <summary>Waits for the next one.</summary>
    public ValueTask<PassedMessage> NextAsync(CancellationToken cancellationToken) =>
        _seen.Reader.ReadAsync(cancellationToken);

    // A listener looks on: it does not spread what it cannot judge.
    private Verdict Judge(ushort type, ReadOnlyMemory<byte> payload, BroadcastContext context)
    {
        Add(new PassedMessage(time.GetUtcNow(), "broadcast", context.Peer)
        {
            Type = type,
            Bytes = payload,
            Hops = context.Hops,
            Author = context.Author,
        });
        return Verdict.Ignore;
    }

    private void Add(PassedMessage seen)
    {
        Interlocked.Increment(ref _added);
        _seen.Writer.TryWrite(seen);
    }
}
