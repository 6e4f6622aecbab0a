using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>connect</c>, which has a node connect to another.</summary>
internal static class ConnectCommand
{
    public static Command Create(ToolConsole console)
    {
        Argument<string> address = new("ADDRESS") { Description = "host:port or p2p://ID@host:port." };
        Command command = new("connect", "Has a node connect to another one. Needs its cookie.") { address };
        Examples.Add(command, "actorp2p connect hub 192.0.2.1:9000 --config hocon/local-mesh.conf");
        return new OrderCommand(console, "connected to").Complete(
            command, parsed => new AdminOrder(AdminOrder.Connect, parsed.GetValue(address)!));
    }
}
