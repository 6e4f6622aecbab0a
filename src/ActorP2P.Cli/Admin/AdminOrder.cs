namespace ActorP2P.Cli.Admin;

/// <summary>Asks a node to do something.</summary>
/// <param name="Action">What.</param>
/// <param name="Target">
/// With what: an address to connect to; a peer to disconnect; a peer, a node, an address, a network or a name to ban.
/// </param>
/// <param name="Seconds">How long a ban holds.</param>
/// <param name="Reason">Why somebody is banned.</param>
internal sealed record AdminOrder(string Action, string Target, double? Seconds = null, string? Reason = null)
{
    public const string Connect = "connect";

    public const string Disconnect = "disconnect";

    public const string Ban = "ban";

    public const string Unban = "unban";
}
