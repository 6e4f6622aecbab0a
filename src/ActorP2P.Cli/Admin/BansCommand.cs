using System.CommandLine;
using System.Globalization;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>bans</c>, which lists whom a node refuses.</summary>
internal static class BansCommand
{
    public static Command Create(ToolConsole console)
    {
        Command command = new("bans", "Lists the bans of a node. Needs its cookie.");
        Examples.Add(command, "actorp2p bans hub --config hocon/local-mesh.conf");
        return AdminQuery.Complete(console, command, async (admin, json, cancellationToken) =>
            Print(console, json, await admin.BansAsync(cancellationToken)));
    }

    private static void Print(ToolConsole console, bool json, BanList list)
    {
        if (json)
        {
            foreach (BanReport ban in list.Bans)
            {
                console.WriteJson(ban);
            }

            return;
        }

        TextTable table = new(
            new TextColumn("target", 0),
            new TextColumn("until", 1),
            new TextColumn("by", 2),
            new TextColumn("reason", 3));
        foreach (BanReport ban in list.Bans)
        {
            table.Add(
                ban.Target, ban.Until.ToString("u", CultureInfo.InvariantCulture), ban.Origin, SafeText.Of(ban.Reason));
        }

        console.WriteTable(table);
    }
}
