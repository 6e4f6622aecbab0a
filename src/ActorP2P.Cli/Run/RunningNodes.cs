using ActorP2P.Cli.Admin;
using ActorP2P.Cli.Dashboard;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace ActorP2P.Cli.Run;

/// <summary>The nodes of a host that has started.</summary>
/// <param name="app">The host.</param>
/// <param name="settings">Its file.</param>
/// <param name="output">Where the addresses are printed.</param>
/// <param name="error">Where the reason is printed why a node has stopped.</param>
internal sealed class RunningNodes(WebApplication app, RunFile settings, RunOutput output, TextWriter error)
{
    /// <summary>
    /// Prints the addresses, waits until the process is to end or a node stops by itself, and stops the host.
    /// </summary>
    /// <returns>The exit code.</returns>
    public async Task<int> UntilEndAsync(CancellationToken cancellationToken)
    {
        DashboardServer? dashboard = null;
        Task first;
        try
        {
            Task[] ends = [.. settings.Nodes.Keys.Select(Announce)];
            if (settings.Http is not null)
            {
                output.Http(app.Urls);
            }

            if (settings.Dashboard is { } port)
            {
                dashboard = await DashboardServer.StartAsync(port, Watches(), cancellationToken);
                output.Dashboard(dashboard.Url);
            }

            output.Ready();
            first = await Task.WhenAny([Task.Delay(Timeout.Infinite, cancellationToken), .. ends]);
        }
        finally
        {
            if (dashboard is not null)
            {
                await dashboard.StopAsync();
                await dashboard.DisposeAsync();
            }

            // The host's shutdown timeout starts now, and not when the process was asked to end.
            await app.StopAsync(CancellationToken.None);
        }

        if (first.Exception?.InnerException is { } fault)
        {
            await error.WriteLineAsync(fault.Message);
            return ExitCodes.Failed;
        }

        output.Ended();
        return ExitCodes.Done;
    }

    private Task Announce(string name)
    {
        P2PNode node = app.Services.GetRequiredKeyedService<P2PNode>(name);
        output.Listening(name, node.Id, node.ListenAddresses);
        return node.Completion;
    }

    private NodeWatch[] Watches() =>
        [.. settings.Nodes.Keys.Select(name => app.Services.GetRequiredKeyedService<NodeWatch>(name))];
}
