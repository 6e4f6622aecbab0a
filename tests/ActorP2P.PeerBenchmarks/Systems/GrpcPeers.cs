using ActorP2P.PeerBenchmarks.Wire;
using Grpc.Core;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The gRPC service: counts, answers, and streams what is published.</summary>
internal sealed class GrpcPeers(Arrivals arrivals, GrpcSubscribers subscribers) : Peers.PeersBase
{
    public override async Task<Nothing> Push(IAsyncStreamReader<Payload> requestStream, ServerCallContext context)
    {
        await foreach (Payload message in requestStream.ReadAllAsync())
        {
            arrivals.Take(message.Data.Span);
        }

        return new Nothing();
    }

    public override Task<Payload> Ask(Payload request, ServerCallContext context) => Task.FromResult(request);

    public override Task Subscribe(
        Nothing request, IServerStreamWriter<Payload> responseStream, ServerCallContext context) =>
        subscribers.ServeAsync(responseStream, context.CancellationToken);
}
