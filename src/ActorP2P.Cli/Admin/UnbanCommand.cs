using System.CommandLine;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>unban</c>, which lifts a ban.</summary>
internal static class UnbanCommand
{
    public static Command Create(ToolConsole console)
    {
        Argument<string> target = new("TARGET")
        {
            Description = "Whom the ban concerns, as bans prints it; of an id the beginning is enough.",
        };
        Command command = new("unban", "Has a node lift a ban. Needs its cookie.") { target };
        Examples.Add(command, "actorp2p unban hub 192.0.2.0/24 --config hocon/local-mesh.conf");
        return new OrderCommand(console, "no longer banned").Complete(
            command, parsed => new AdminOrder(AdminOrder.Unban, parsed.GetValue(target)!));
    }
}
