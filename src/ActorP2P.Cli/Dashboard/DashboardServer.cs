using System.Net;
using ActorP2P.Cli.Admin;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P.Cli.Dashboard;

/// <summary>
/// Serves the status page of the nodes, on loopback only. It is a server of its own, so that nothing else is at its
/// port.
/// </summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DashboardAccess _access;

    private DashboardServer(WebApplication app, DashboardAccess access)
    {
        _app = app;
        _access = access;
    }

    /// <summary>The address of the page, with the key that a browser needs once.</summary>
    public string Url => $"{Base}/?{DashboardAccess.KeyName}={_access.Key}";

    private string Base => _app.Services.GetRequiredService<IServer>().Features
        .GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Starts the server.</summary>
    /// <param name="port">The port; 0: the system chooses.</param>
    /// <param name="watches">The nodes.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<DashboardServer> StartAsync(
        int port, IReadOnlyList<NodeWatch> watches, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 0;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        WebApplication app = builder.Build();
        DashboardAccess access = new();
        DashboardPages pages = new(access, watches, TimeProvider.System, app.Lifetime.ApplicationStopping);
        app.Run(pages.AnswerAsync);
        try
        {
            await app.StartAsync(cancellationToken);
            return new DashboardServer(app, access);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the streams of events and the server.</summary>
    public Task StopAsync() => _app.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
