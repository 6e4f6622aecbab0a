using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>disconnect</c>, which has a node say goodbye to peers.</summary>
internal static class DisconnectCommand
{
    public static Command Create(ToolConsole console)
    {
        Argument<string> peer = new("PEER")
        {
            Description = "The number of its connection, its address, or the beginning of its id.",
        };
        Command command = new("disconnect", "Has a node say goodbye to a peer. Needs its cookie.") { peer };
        Examples.Add(
            command,
            "actorp2p disconnect hub 3 --config hocon/local-mesh.conf",
            "actorp2p disconnect hub xzfb4ism --config hocon/local-mesh.conf");
        return new OrderCommand(console, "disconnected").Complete(
            command, parsed => new AdminOrder(AdminOrder.Disconnect, parsed.GetValue(peer)!));
    }
}
