using System.CommandLine;
using System.Runtime.CompilerServices;

namespace ActorP2P.Cli;

/// <summary>The examples that the help of a command shows.</summary>
internal static class Examples
{
    private static readonly ConditionalWeakTable<Command, string[]> s_examples = [];

    /// <summary>Adds examples to a command.</summary>
    public static void Add(Command command, params string[] lines) => s_examples.Add(command, lines);

    /// <summary>The examples of a command; none if it has none.</summary>
    public static IReadOnlyList<string> Of(Command command) =>
        s_examples.TryGetValue(command, out string[]? lines) ? lines : [];
}
