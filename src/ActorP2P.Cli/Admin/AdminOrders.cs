namespace ActorP2P.Cli.Admin;

/// <summary>Does what a node is told to do by those who have logged in.</summary>
internal static class AdminOrders
{
    private const int LeastIdLetters = 4;

    /// <summary>Does one thing. What cannot be done is said in the result.</summary>
    public static async ValueTask<AdminResult> ObeyAsync(AdminOrder order, RequestContext context)
    {
        try
        {
            return order.Action switch
            {
                AdminOrder.Connect => await ConnectAsync(order.Target, context),
                AdminOrder.Disconnect => await DisconnectAsync(order.Target, context),
                AdminOrder.Ban => await BanAsync(order, context),
                AdminOrder.Unban => await UnbanAsync(order.Target, context),
                _ => new AdminResult([], $"'{order.Action}' is nothing that this node can do."),
            };
        }
        catch (Exception failed)
            when (failed is P2PException or ArgumentException or FormatException or InvalidOperationException
                or OverflowException)
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
        Peer[] meant = Meant(target, context);
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

    private static async Task<AdminResult> BanAsync(AdminOrder order, RequestContext context)
    {
        // A peer is banned by the id that it has proven, or else by its address.
        BanTarget[] targets = [.. Meant(order.Target, context)
            .Select(static peer => peer.Id is { } id ? BanTarget.From(id) : BanTarget.From(peer.Address)).Distinct()];
        if (targets.Length == 0)
        {
            targets = [BanTarget.Parse(order.Target)];
        }

        List<string> done = [];
        foreach (BanTarget target in targets)
        {
            Ban ban = await context.Node.BanAsync(
                target, TimeSpan.FromSeconds(order.Seconds ?? 0), order.Reason ?? "", context.CancellationToken);
            done.Add($"{ban.Target} until {ban.Until:u}");
        }

        return new AdminResult(done);
    }

    private static async Task<AdminResult> UnbanAsync(string target, RequestContext context)
    {
        // An id may be shortened here too.
        BanTarget[] targets = [.. context.Node.Bans.Select(static ban => ban.Target)
            .Where(banned => $"{banned}" == target || (banned.Node is { } id && IsBeginning(target, $"{id}")))];
        if (targets.Length == 0)
        {
            targets = [BanTarget.Parse(target)];
        }

        List<string> done = [];
        foreach (BanTarget banned in targets)
        {
            if (await context.Node.LiftBanAsync(banned, context.CancellationToken))
            {
                done.Add($"{banned}");
            }
        }

        return new AdminResult(done, done.Count > 0 ? null : $"There is no ban of {target}.");
    }

    private static Peer[] Meant(string target, RequestContext context) =>
        [.. context.Node.Peers.Where(peer => peer != context.Peer && IsMeant(peer, target))];

    private static bool IsMeant(Peer peer, string target) =>
        target == $"{peer.ConnectionId}"
        || target == $"{peer.Address.WithoutId}"
        || IsBeginning(target, $"{peer.Id ?? peer.ClaimedId?.Claim}");

    private static bool IsBeginning(string target, string id) =>
        target.Length >= LeastIdLetters && id.StartsWith(target, StringComparison.OrdinalIgnoreCase);
}
