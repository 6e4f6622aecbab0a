using System.Text.Json.Serialization;
using ActorP2P;
using ActorP2P.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<Greetings>();
builder.Services.AddActorP2P("server", builder.Configuration.GetSection("Server"), node => node
    .WithProtocol((protocol, services) => protocol
        .UseJson(0x0101, Messages.Default.Say)
        .OnRequest<Say, Say>((say, _) => services.GetRequiredService<Greetings>().Answer(say))));
builder.Services.AddActorP2P("client", node => node
    .WithOptions(options => options with { Listen = null })
    .WithProtocol(protocol => protocol.UseJson(0x0101, Messages.Default.Say)));
builder.Services.AddHealthChecks().AddActorP2P("server").AddActorP2P("client", wantedPeers: 1);
builder.Services.AddHostedService<Greeter>();
await builder.Build().RunAsync();

internal sealed class Greeter(
    [FromKeyedServices("server")] P2PNode server, [FromKeyedServices("client")] P2PNode client,
    HealthCheckService health, IHostApplicationLifetime lifetime) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Peer peer = await client.ConnectAsync(server.ListenAddresses[0], stoppingToken);
        Say reply = await client.AskAsync<Say>(peer, new Say("hello"), cancellationToken: stoppingToken);
        Console.WriteLine($"answer: {reply.Text}");
        Console.WriteLine($"health: {(await health.CheckHealthAsync(stoppingToken)).Status}");
        lifetime.StopApplication();
    }
}

internal sealed class Greetings
{
    private int _answered;

    public Say Answer(Say say) => new($"{say.Text}, number {Interlocked.Increment(ref _answered)}");
}

internal sealed record Say(string Text);

[JsonSerializable(typeof(Say))]
internal sealed partial class Messages : JsonSerializerContext;
