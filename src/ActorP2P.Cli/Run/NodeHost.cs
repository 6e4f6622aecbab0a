using System.Globalization;
using ActorP2P.Cli.Admin;
using ActorP2P.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Metrics;
using Serilog;
using Serilog.Debugging;
using Serilog.Events;

namespace ActorP2P.Cli.Run;

/// <summary>Builds the host of the nodes, with their logs, health checks and metrics.</summary>
internal static class NodeHost
{
    private const string LineTemplate =
        "{Timestamp:yyyy-MM-dd HH:mm:ss.fff} {Level:u3} {SourceContext}: {Message:lj}{NewLine}{Exception}";

    /// <summary>Builds the host without starting it.</summary>
    /// <exception cref="ArgumentException">The file's logging settings are invalid.</exception>
    public static WebApplication Build(RunFile file)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Configuration.AddConfiguration(file.Configuration);
        AddLogs(builder.Logging, file.Configuration);
        builder.Services.Configure<ConsoleLifetimeOptions>(static console => console.SuppressStatusMessages = true);
        IHealthChecksBuilder health = builder.Services.AddHealthChecks();
        foreach ((string name, IConfigurationSection section) in file.Nodes)
        {
            builder.Services.AddActorP2P(name, section, node => node.WithProtocol(
                (protocol, services) => NodeServices.Register(protocol, services, name, file.Services)));
            health.AddActorP2P(name, name: name);
            AddWatch(builder.Services, name);
        }

        builder.Services.AddRoutingCore();
        builder.Services.AddOpenTelemetry().WithMetrics(static metrics => metrics
            .AddMeter("ActorP2P", "System.Runtime").AddPrometheusExporter());
        if (file.Http is null)
        {
            // Kestrel without an address would listen on its default port.
            builder.Services.AddSingleton<IServer, NoServer>();
        }
        else
        {
            builder.WebHost.UseKestrelCore();
        }

        WebApplication app = builder.Build();
        if (file.Http is { } http)
        {
            app.Urls.Add($"http://{http}");
            app.UseRouting();
            app.MapHealthChecks("/health", new HealthCheckOptions { ResponseWriter = WriteAsync });
            app.MapPrometheusScrapingEndpoint("/metrics");
        }

        return app;
    }

    // It follows its node, so it is added after it.
    private static void AddWatch(IServiceCollection services, string name) => services
        .AddKeyedSingleton(name, (provider, _) => new NodeWatch(
            name,
            provider.GetRequiredKeyedService<P2PNode>(name),
            () => provider.GetRequiredService<IOptionsMonitor<P2PNodeOptions>>().Get(name),
            TimeProvider.System))
        .AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<NodeWatch>(name));

    private static void AddLogs(ILoggingBuilder logging, ConfigurationManager configuration)
    {
        // Faults of the logging itself can only go to standard error.
        SelfLog.Enable(Console.Error);
        LoggerConfiguration logger = new();
        if (configuration.GetSection("Serilog").Exists())
        {
            logger.ReadFrom.Configuration(configuration);
        }
        else
        {
            // Standard output is reserved for the tool's own lines.
            logger.MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
                .MinimumLevel.Override("Microsoft.Extensions.Hosting", LogEventLevel.Fatal)
                .WriteTo.Console(
                    outputTemplate: LineTemplate,
                    formatProvider: CultureInfo.InvariantCulture,
                    standardErrorFromLevel: LogEventLevel.Verbose);
        }

        logging.SetMinimumLevel(LogLevel.Trace).AddSerilog(logger.CreateLogger(), dispose: true);
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(new
    {
        status = $"{report.Status}",
        nodes = report.Entries.ToDictionary(
            static entry => entry.Key,
            static entry => new
            {
                status = $"{entry.Value.Status}",
                description = entry.Value.Description,
                data = entry.Value.Data,
            }),
    });
}
