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

    /// <summary>Registers the messages and the name of the service on a node that uses it of another.</summary>
    public static ProtocolBuilder Use(ProtocolBuilder protocol) => Know(protocol).Service(Code, Name);

    /// <summary>Registers the service on a node.</summary>
    public static void Register(ProtocolBuilder protocol, Func<NodeWatch> watch) =>
        Know(protocol).Service(Code, Name, ServiceAccess.LoggedIn, admin => admin
            .OnRequest<GetReport, NodeReport>((_, _) => watch().Report())
            .OnRequest<GetBans, BanList>(static (_, context) =>
                new BanList([.. context.Node.Bans.Select(BanReport.Of)]))
            .OnRequest<AdminOrder, AdminResult>(AdminOrders.ObeyAsync));

    private static ProtocolBuilder Know(ProtocolBuilder protocol) => protocol
        .UseJson((Code << 8) | 1, AdminMessages.Default.GetReport)
        .UseJson((Code << 8) | 2, AdminMessages.Default.NodeReport, MaxReport)
        .UseJson((Code << 8) | 3, AdminMessages.Default.AdminOrder)
        .UseJson((Code << 8) | 4, AdminMessages.Default.AdminResult)
        .UseJson((Code << 8) | 5, AdminMessages.Default.GetBans)
        .UseJson((Code << 8) | 6, AdminMessages.Default.BanList, MaxReport);
}
