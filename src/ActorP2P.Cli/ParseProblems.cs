using System.CommandLine;
using System.CommandLine.Parsing;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli;

/// <summary>Says what is wrong with a command line, with the nearest names of what is not known.</summary>
internal static class ParseProblems
{
    /// <summary>Prints the problems, one in a line.</summary>
    public static void Print(ParseResult parsed, RootCommand root, TextWriter error)
    {
        Command command = parsed.CommandResult.Command;
        string[] unknown = [.. parsed.UnmatchedTokens];
        if (command == root && unknown.Length > 0)
        {
            Unknown(error, unknown[0], "no command", root.Subcommands.Select(static known => known.Name));
        }
        else if (command == root)
        {
            error.WriteLine("A command is missing.");
        }
        else if (Array.Find(unknown, static word => word.StartsWith('-')) is { } option)
        {
            Unknown(error, option, $"no option of {command.Name}", command.Options.Select(static known => known.Name));
        }
        else
        {
            foreach (ParseError each in parsed.Errors)
            {
                error.WriteLine(SafeText.Of(each.Message));
            }
        }

        error.WriteLine($"actorp2p {(command == root ? "" : $"{command.Name} ")}--help says more.");
    }

    private static void Unknown(TextWriter error, string word, string what, IEnumerable<string> known)
    {
        string? nearest = NearestName.Of(word, known);
        error.WriteLine(SafeText.Of($"'{word}' is {what}{(nearest is null ? "." : $"; did you mean {nearest}?")}"));
    }
}
