namespace ActorP2P.Cli.Admin;

/// <summary>Asks a node to do something.</summary>
/// <param name="Action">What: <c>connect</c> or <c>disconnect</c>.</param>
/// <param name="Target">
/// With what: an address to connect to; the number of a connection, the beginning of a peer's id or its address to
/// disconnect.
/// </param>
internal sealed record AdminOrder(string Action, string Target)
{
    public const string Connect = "connect";

    public const string Disconnect = "disconnect";
}
