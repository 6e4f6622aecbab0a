using ActorP2P;
using ActorP2P.Hosting;
using Akka.Actor;
using Akka.Hosting;
using EmbeddedHost;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Serilog;

// Settings: appsettings.json, above it chess.conf, above that the environment and the command line.
WebApplicationBuilder builder = WebApplication.CreateBuilder(
    new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.Configuration.AddHoconFile("chess.conf", reloadOnChange: true).AddEnvironmentVariables().AddCommandLine(args);

// Logs of the host, of Akka.NET and of the nodes go one way.
builder.Logging.ClearProviders().AddSerilog(
    new LoggerConfiguration().ReadFrom.Configuration(builder.Configuration).CreateLogger(), dispose: true);

// Metrics and traces: Prometheus reads the metrics at /metrics; a collector gets both where one is named.
OpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddMeter("ActorP2P").AddPrometheusExporter())
    .WithTracing(tracing => tracing.AddSource("ActorP2P"));
if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null)
{
    telemetry.UseOtlpExporter();
}

// One actor system with two nodes: peers' moves lead to an actor, which tells the other network of them.
builder.Services.AddSingleton<Games>().AddP2PNodes().AddHealthChecks();
builder.Services.AddAkka("chess", akka => akka
    .ConfigureLoggers(loggers =>
    {
        loggers.ClearLoggers();
        loggers.AddLoggerFactory();
    })
    .WithActors((system, registry, resolver) =>
        registry.Register<Board>(system.ActorOf(resolver.Props<Board>(), "board")))
    .WithP2PNode<League>("league", builder.Configuration.GetSection("actorp2p:league"), node => node
        .WithProtocol(protocol => protocol.UseJson(0x0201, Messages.Default.Played)))
    .WithP2PNode<Lobby>("lobby", builder.Configuration.GetSection("actorp2p:lobby"), node => node
        .WithProtocol(protocol => protocol
            .UseJson(0x0101, Messages.Default.Move)
            .UseJson(0x0102, Messages.Default.Position)
            .OnRequest<Move, Position>().RouteTo<Board>()))
    .WithP2PReadinessCheck("league")
    .WithP2PReadinessCheck("lobby", wantedPeers: 1));

WebApplication app = builder.Build();
app.MapHealthChecks("/health");
app.MapPrometheusScrapingEndpoint("/metrics");
await app.StartAsync();
Console.WriteLine($"lobby: {app.Services.GetRequiredKeyedService<P2PNode>("lobby").ListenAddresses[0]}");
Console.WriteLine($"league: {app.Services.GetRequiredKeyedService<P2PNode>("league").ListenAddresses[0]}");
Console.WriteLine($"http: {app.Urls.First()}");
await app.WaitForShutdownAsync();
