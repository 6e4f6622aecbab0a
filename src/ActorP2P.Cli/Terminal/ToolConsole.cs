using System.Text;
using System.Text.Json;
using Spectre.Console;

namespace ActorP2P.Cli.Terminal;

/// <summary>Where the tool writes and how wide that is: the streams of the process, or those of a test.</summary>
/// <param name="output">Receives the results.</param>
/// <param name="error">Receives what is no result: problems, logs, progress.</param>
internal sealed class ToolConsole(TextWriter output, TextWriter error)
{
    /// <summary>The columns of an output that is no terminal.</summary>
    public const int UsualWidth = 80;

    private const int LeastWidth = 20;
    private const int LeastHeight = 6;
    private const int UsualHeight = 24;

    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>The columns to use.</summary>
    public int Width { get; init; } = UsualWidth;

    /// <summary>The lines that a live display may have.</summary>
    public int Height { get; init; } = UsualHeight - 1;

    /// <summary>Whether the output is a terminal, so that what was printed can be replaced.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Opens the standard input.</summary>
    public Func<Stream> OpenInput { get; init; } = static () => Stream.Null;

    /// <summary>The console of this process.</summary>
    public static ToolConsole OfProcess()
    {
        StreamWriter output = new(OutputStream.Open(), new UTF8Encoding(false)) { AutoFlush = true };
        bool isTerminal = !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new ToolConsole(output, Console.Error)
        {
            Width = isTerminal ? SizeOf(static () => Console.WindowWidth, LeastWidth, UsualWidth) : UsualWidth,
            Height = isTerminal ? SizeOf(static () => Console.WindowHeight, LeastHeight, UsualHeight) - 1
                : UsualHeight - 1,
            IsTerminal = isTerminal,
            OpenInput = Console.OpenStandardInput,
        };
    }

    /// <summary>A console for live displays and colours, of which a pipe gets none.</summary>
    public IAnsiConsole Live()
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsTerminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = IsTerminal && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
                ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsTerminal ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(Output),
        });
        console.Profile.Width = Width;
        return console;
    }

    /// <summary>Prints one line of JSON.</summary>
    public void WriteJson(object value) => Output.WriteLine(JsonSerializer.Serialize(value, Json));

    /// <summary>Prints a table.</summary>
    public void WriteTable(TextTable table)
    {
        foreach (string line in table.Lines(Width))
        {
            Output.WriteLine(line);
        }
    }

    /// <summary>How the tool writes JSON.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web);

    private static int SizeOf(Func<int> read, int least, int usual)
    {
        try
        {
            // A terminal without a size says 0.
            return read() is var size and > 0 ? Math.Max(least, size) : usual;
        }
        catch (IOException)
        {
            return usual;
        }
    }
}
