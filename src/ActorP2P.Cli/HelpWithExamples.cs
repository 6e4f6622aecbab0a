using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ActorP2P.Cli;

/// <summary>Prints the usual help, no wider than the console, and then the examples of the command.</summary>
internal sealed class HelpWithExamples(HelpAction usual) : SynchronousCommandLineAction
{
    /// <summary>Replaces the help of a root command.</summary>
    public static void Use(RootCommand root, int width)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            HelpAction usual = (HelpAction)help.Action!;
            usual.MaxWidth = width;
            help.Action = new HelpWithExamples(usual);
        }
    }

    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        IReadOnlyList<string> examples = Examples.Of(parseResult.CommandResult.Command);
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        return code;
    }
}
