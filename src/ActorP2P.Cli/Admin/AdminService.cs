namespace ActorP2P.Cli.Admin;

/// <summary>
/// The service by which local commands look at a node of <c>run</c> and change it. Only peers that have logged in with
/// the node's cookie may use it.
/// </summary>
internal static class AdminService
{
    public const string Name = "actorp2p-admin/1";

    private const byte Code = 0xfe;
    private const int MaxReport = 16 * 1024 * 1024;
    private const int LeastIdLetters = 4;

    /// <summary>Registers the messages and the name of the service on a node that uses it of another.</summary>
    public static ProtocolBuilder Use(ProtocolBuilder protocol) => Know(protocol).Service(Code, Name);

    /// <summary>Registers the messages, on either side.</summary>
    private static ProtocolBuilder Know(ProtocolBuilder protocol) => protocol
        .UseJson((Code << 8) | 1, AdminMessages.Default.GetReport)
        .UseJson((Code << 8) | 2, AdminMessages.Default.NodeReport, MaxReport)
        .UseJson((Code << 8) | 3, AdminMessages.Default.AdminOrder)
        .UseJson((Code << 8) | 4, AdminMessages.Default.AdminResult);

    /// <summary>Registers the service on a node.</summary>
    public static void Register(ProtocolBuilder protocol, Func<NodeWatch> watch) =>
        Know(protocol).Service(Code, Name, ServiceAccess.LoggedIn, admin => admin
            .OnRequest<GetReport, NodeReport>((_, _) => watch().Report())
            .OnRequest<AdminOrder, AdminResult>(ObeyAsync));

    private static async ValueTask<AdminResult> ObeyAsync(AdminOrder order, RequestContext context)
    {
        try
        {
            return order.Action switch
            {
                AdminOrder.Connect => await ConnectAsync(order.Target, context),
                AdminOrder.Disconnect => await DisconnectAsync(order.Target, context),
                _ => new AdminResult([], $"'{order.Action}' is nothing that this node can do."),
            };
        }
        catch (Exception failed) when (failed is P2PException or ArgumentException)
        {
            return new AdminResult([], failed.Message);
        }
    }

    private static async Task<AdminResult> ConnectAsync(string target, RequestContext context) =>
        PeerAddress.TryParse(target, out PeerAddress? address)
            ? new AdminResult([$"{await context.Node.ConnectAsync(address, context.CancellationToken)}"])
            : new AdminResult([], $"'{target}' is no address.");

    private static async Task<AdminResult> DisconnectAsync(string target, RequestContext context)
    {
        Peer[] meant = [.. context.Node.Peers.Where(peer => peer != context.Peer && IsMeant(peer, target))];
        foreach (Peer peer in meant)
        {
            await context.Node.DisconnectAsync(peer, context.CancellationToken);
        }

        return new AdminResult(
            [.. meant.Select(static peer => $"{peer}")],
            meant.Length > 0 ? null
                : $"No peer has the number, the address or the beginning of an id '{target}' (at least "
                    + $"{LeastIdLetters} letters).");
    }

    private static bool IsMeant(Peer peer, string target) =>
        target == $"{peer.ConnectionId}"
        || target == $"{peer.Address.WithoutId}"
        || (target.Length >= LeastIdLetters
            && $"{peer.Id ?? peer.ClaimedId?.Claim}".StartsWith(target, StringComparison.OrdinalIgnoreCase));
}
