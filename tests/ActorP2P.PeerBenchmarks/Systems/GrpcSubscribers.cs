using System.Threading.Channels;
using ActorP2P.Benchmarks;
using ActorP2P.PeerBenchmarks.Wire;
using Grpc.Core;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// The subscribers of a gRPC server. Each has a queue and a loop that writes it, so that a slow one delays no other.
/// </summary>
internal sealed class GrpcSubscribers(Counter joined)
{
    private readonly Lock _lock = new();
    private readonly List<Channel<Payload>> _queues = [];

    /// <summary>Puts a message into each queue.</summary>
    public void Publish(Payload message)
    {
        lock (_lock)
        {
            _queues.ForEach(queue => queue.Writer.TryWrite(message));
        }
    }

    /// <summary>Ends all loops.</summary>
    public void End()
    {
        lock (_lock)
        {
            _queues.ForEach(static queue => queue.Writer.TryComplete());
        }
    }

    /// <summary>Writes to one subscriber until it leaves.</summary>
    public async Task ServeAsync(IServerStreamWriter<Payload> stream, CancellationToken left)
    {
        Channel<Payload> queue = Channel.CreateUnbounded<Payload>(new UnboundedChannelOptions { SingleReader = true });
        lock (_lock)
        {
            _queues.Add(queue);
        }

        joined.Add(1);
        try
        {
            while (await queue.Reader.WaitToReadAsync(left))
            {
                int unflushed = 0;
                while (queue.Reader.TryRead(out Payload? message))
                {
                    bool isLast = !queue.Reader.TryPeek(out _);
                    await GrpcWriter.WriteAsync(stream, message, ref unflushed, isLast);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The subscriber has left because the measure is over.
        }
    }
}
