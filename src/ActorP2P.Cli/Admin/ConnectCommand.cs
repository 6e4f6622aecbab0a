using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>connect</c>, which has a node connect to another.</summary>
internal static class ConnectCommand
{
    public static Command Create(ToolConsole console) => OrderCommand.Create(
        console,
        AdminOrder.Connect,
        "Has a node connect to another one. Needs its cookie.",
        new Argument<string>("ADDRESS") { Description = "host:port or p2p://ID@host:port." },
        "connected to",
        "actorp2p connect hub 192.0.2.1:9000 --config hocon/local-mesh.conf");
}
