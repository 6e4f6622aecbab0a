using System.Net;
using ActorP2P.Benchmarks;
using ActorP2P.PeerBenchmarks.Wire;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P.PeerBenchmarks;

/// <summary>gRPC of ASP.NET Core, with its client for .NET.</summary>
internal sealed class GrpcContender : Contender
{
    public const string Setup =
        "Grpc.AspNetCore and Grpc.Net.Client 2.85.0 over HTTP/2 without TLS, no logging. A message has one field of "
        + "bytes, which the sender does not copy into it. One way is a stream from the client, whose writes are marked "
        + "as `BufferHint` except for one in each 16 KiB; an ask is a unary call, and a channel may open a further "
        + "connection for each 100 calls under way. Fan-out is a stream to each client with a queue of its own, "
        + "flushed when the queue is empty and after each 16 KiB.";

    private readonly Counter _joined = new();
    private readonly List<GrpcChannel> _channels = [];
    private readonly List<Task> _subscriptions = [];
    private readonly CancellationTokenSource _end = new();
    private readonly GrpcSubscribers _subscribers;
    private WebApplication? _server;
    private Peers.PeersClient? _client;
    private AsyncClientStreamingCall<Payload, Nothing>? _push;

    public GrpcContender() => _subscribers = new GrpcSubscribers(_joined);

    public override Task<string> ServeAsync(Arrivals arrivals) => StartAsync(arrivals);

    public override Task ConnectAsync(string address)
    {
        _client = Open(address);
        _push = _client.Push(cancellationToken: _end.Token);
        return Task.CompletedTask;
    }

    public override Task SendAsync(byte[] payload, int count) =>
        GrpcWriter.WriteAsync(_push!.RequestStream, Message(payload), count);

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload) =>
        (await _client!.AskAsync(Message(payload))).Data.Memory;

    public override Task<string> OpenHubAsync() => StartAsync(new Arrivals(1));

    public override Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        _subscriptions.AddRange(receivers.Select(arrivals => ReceiveAsync(Open(hub), arrivals)));
        return Task.CompletedTask;
    }

    public override Task UntilJoinedAsync(int receivers) => _joined.ReachAsync(receivers);

    public override Task PublishAsync(byte[] payload, int count)
    {
        Payload message = Message(payload);
        for (int i = 0; i < count; i++)
        {
            _subscribers.Publish(message);
        }

        return Task.CompletedTask;
    }

    public override async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await Task.WhenAll(_subscriptions);
        _push?.Dispose();
        _channels.ForEach(static channel => channel.Dispose());
        _subscribers.End();
        if (_server is not null)
        {
            await _server.StopAsync(new CancellationToken(canceled: true));
            await _server.DisposeAsync();
        }

        _end.Dispose();
    }

    private async Task ReceiveAsync(Peers.PeersClient client, Arrivals arrivals)
    {
        try
        {
            using AsyncServerStreamingCall<Payload> call = client.Subscribe(
                new Nothing(), cancellationToken: _end.Token);
            await foreach (Payload message in call.ResponseStream.ReadAllAsync())
            {
                arrivals.Take(message.Data.Span);
            }
        }
        catch (RpcException)
        {
            // One of the two sides has ended the call because the measure is over.
        }
    }

    private async Task<string> StartAsync(Arrivals arrivals)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(
            IPAddress.Loopback, 0, static listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(arrivals);
        builder.Services.AddSingleton(_subscribers);
        _server = builder.Build();
        _server.MapGrpcService<GrpcPeers>();
        await _server.StartAsync();
        return _server.Urls.First();
    }

    private Peers.PeersClient Open(string address)
    {
        GrpcChannel channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler { EnableMultipleHttp2Connections = true },
            DisposeHttpClient = true,
        });
        _channels.Add(channel);
        return new Peers.PeersClient(channel);
    }

    private static Payload Message(byte[] payload) => new() { Data = UnsafeByteOperations.UnsafeWrap(payload) };
}
