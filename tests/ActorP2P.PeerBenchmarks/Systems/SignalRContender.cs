using System.Net;
using ActorP2P.Benchmarks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ActorP2P.PeerBenchmarks;

/// <summary>SignalR.</summary>
internal sealed class SignalRContender : Contender
{
    public const string Setup =
        "ASP.NET Core SignalR over WebSockets without TLS, without negotiation and without logging, with its "
        + "MessagePack protocol; a message may have 256 KiB instead of 32. A message is a `byte[]`; one way is "
        + "`SendAsync`, an ask is `InvokeAsync`. Fan-out is `Clients.All`.";

    private const int MaxMessage = 256 * 1024;

    private readonly SignalRJoined _joined = new();
    private readonly List<HubConnection> _connections = [];
    private WebApplication? _server;

    private HubConnection Connection => _connections[0];

    public override Task<string> ServeAsync(Arrivals arrivals) => StartAsync(arrivals);

    public override Task ConnectAsync(string address) => OpenAsync(address, new Arrivals(1));

    public override async Task SendAsync(byte[] payload, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await Connection.SendAsync(nameof(SignalRHub.Push), payload);
        }
    }

    public override async Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload) =>
        await Connection.InvokeAsync<byte[]>(nameof(SignalRHub.Ask), payload);

    public override Task<string> OpenHubAsync() => StartAsync(new Arrivals(1));

    public override async Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers)
    {
        foreach (Arrivals arrivals in receivers)
        {
            await OpenAsync(hub, arrivals);
        }
    }

    public override Task UntilJoinedAsync(int receivers) => _joined.Counter.ReachAsync(receivers);

    public override async Task PublishAsync(byte[] payload, int count)
    {
        IHubContext<SignalRHub> hub = _server!.Services.GetRequiredService<IHubContext<SignalRHub>>();
        for (int i = 0; i < count; i++)
        {
            await hub.Clients.All.SendAsync(nameof(SignalRHub.Push), payload);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (HubConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.StopAsync(new CancellationToken(canceled: true));
            await _server.DisposeAsync();
        }
    }

    private async Task<string> StartAsync(Arrivals arrivals)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(arrivals);
        builder.Services.AddSingleton(_joined);
        builder.Services.AddSignalR(static options => options.MaximumReceiveMessageSize = MaxMessage)
            .AddMessagePackProtocol();
        _server = builder.Build();
        _server.MapHub<SignalRHub>("/peers");
        await _server.StartAsync();
        return $"{_server.Urls.First()}/peers";
    }

    private async Task OpenAsync(string address, Arrivals arrivals)
    {
        HubConnection connection = new HubConnectionBuilder()
            .WithUrl(address, static options =>
            {
                options.Transports = HttpTransportType.WebSockets;
                options.SkipNegotiation = true;
            })
            .AddMessagePackProtocol()
            .Build();
        connection.On<byte[]>(nameof(SignalRHub.Push), payload => arrivals.Take(payload));
        _connections.Add(connection);
        await connection.StartAsync();
    }
}
