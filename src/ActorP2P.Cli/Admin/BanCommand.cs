using System.CommandLine;
using System.Globalization;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Admin;

/// <summary>The command <c>ban</c>, which has a node refuse somebody for some time.</summary>
internal static class BanCommand
{
    public static Command Create(ToolConsole console)
    {
        Argument<string> target = new("TARGET")
        {
            Description = "A connected peer (the number of its connection, its address, or the beginning of its id), "
                + "the id of a node, an IP address, a network such as 192.0.2.0/24, or a name.",
        };
        Option<string> duration = new("--for")
        {
            Description = "How long: a number with s, m, h or d.",
            HelpName = "TIME",
            DefaultValueFactory = static _ => "24h",
        };
        Option<string> reason = new("--reason")
        {
            Description = "Why, for those who read the list and the log.",
            HelpName = "TEXT",
            DefaultValueFactory = static _ => "",
        };
        Command command = new("ban", "Has a node refuse a node, an address or a network. Needs its cookie.")
        {
            target, duration, reason,
        };
        Examples.Add(
            command,
            "actorp2p ban hub 192.0.2.0/24 --for 7d --config hocon/local-mesh.conf",
            "actorp2p ban hub xzfb4ism --reason spam --config hocon/local-mesh.conf");
        return new OrderCommand(console, "banned").Complete(command, parsed => new AdminOrder(
            AdminOrder.Ban,
            parsed.GetValue(target)!,
            SecondsOf(parsed.GetValue(duration)!),
            parsed.GetValue(reason)));
    }

    private static double SecondsOf(string text)
    {
        int unit = text.Length == 0 ? 0 : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        double longest = Ban.Longest.TotalSeconds;
        return unit > 0
            && double.TryParse(
                text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number > 0 && number * unit <= longest
            ? number * unit
            : throw new UsageException(
                $"--for is '{text}'; allowed: a number with s, m, h or d, at most {Ban.Longest.Days}d.");
    }
}
