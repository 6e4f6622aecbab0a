using ActorP2P.Cli.Clients;

namespace ActorP2P.Cli.Admin;

/// <summary>A connection to the admin service of a node, logged in.</summary>
internal sealed class AdminClient : IAsyncDisposable
{
    private readonly ToolNode _tool;
    private readonly Peer _peer;

    private AdminClient(ToolNode tool, Peer peer)
    {
        _tool = tool;
        _peer = peer;
    }

    /// <summary>The id of this command's own node, which is among the peers of the other.</summary>
    public NodeId OwnId => _tool.Node.Id;

    /// <summary>Connects and logs in.</summary>
    /// <exception cref="UsageException">No cookie file is known.</exception>
    public static async Task<AdminClient> OpenAsync(ClientSettings settings, CancellationToken cancellationToken)
    {
        if (settings.CookieFile is null)
        {
            throw new UsageException(
                "No cookie file is known: give --cookie, or --config with a file whose node has a cookie-file.");
        }

        ToolNode tool = await ToolNode.StartAsync(
            settings, static protocol => AdminService.Use(protocol), null, cancellationToken);
        try
        {
            return new AdminClient(tool, await tool.ConnectAsync(settings, cancellationToken));
        }
        catch
        {
            await tool.DisposeAsync();
            throw;
        }
    }

    /// <summary>What the node has to say of itself.</summary>
    public Task<NodeReport> ReportAsync(CancellationToken cancellationToken) =>
        _tool.Node.AskAsync<NodeReport>(_peer, new GetReport(), null, cancellationToken);

    /// <summary>Tells the node to do something.</summary>
    public Task<AdminResult> OrderAsync(AdminOrder order, CancellationToken cancellationToken) =>
        _tool.Node.AskAsync<AdminResult>(_peer, order, null, cancellationToken);

    /// <summary>Whom the node has banned.</summary>
    public Task<BanList> BansAsync(CancellationToken cancellationToken) =>
        _tool.Node.AskAsync<BanList>(_peer, new GetBans(), null, cancellationToken);

    public ValueTask DisposeAsync() => _tool.DisposeAsync();
}
