using System.Text.Json;
using ActorP2P.Cli.Terminal;

namespace ActorP2P.Cli.Tests;

/// <summary>A command that runs in the process of the test.</summary>
internal sealed class ToolRun : IAsyncDisposable
{
    // Only a hang reaches it.
    private static readonly TimeSpan s_guard = TimeSpan.FromMinutes(2);

    private readonly CancellationTokenSource _interrupt = new();
    private readonly CancellationTokenSource _end = new(s_guard);
    private readonly LineWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly Task<int> _code;

    private ToolRun(int width, byte[] input, IReadOnlyList<string> arguments)
    {
        ToolConsole console = new(_output, TextWriter.Synchronized(_error))
        {
            Width = width,
            OpenInput = () => new MemoryStream(input),
        };
        _code = Task.Run(() => Tool.RunAsync(arguments, console, _interrupt.Token));
    }

    /// <summary>Completes when the command has ended.</summary>
    public Task Ended => _code;

    /// <summary>Starts a command.</summary>
    public static ToolRun Start(params string[] arguments) => new(ToolConsole.UsualWidth, [], arguments);

    /// <summary>Runs a command to its end.</summary>
    public static Task<ToolResult> RunAsync(params string[] arguments) =>
        RunAsync(ToolConsole.UsualWidth, [], arguments);

    /// <summary>Runs a command to its end, on a console of this width and with this input.</summary>
    public static async Task<ToolResult> RunAsync(int width, byte[] input, params string[] arguments)
    {
        await using ToolRun run = new(width, input, arguments);
        return await run.EndAsync();
    }

    /// <summary>Reads the next line.</summary>
    public async Task<string> LineAsync()
    {
        Task<string> line = _output.NextAsync(_end.Token).AsTask();
        return await Task.WhenAny(line, _code) == _code && !line.IsCompleted
            ? throw new EndOfStreamException($"The command has ended with {await _code}: {_error}")
            : await line;
    }

    /// <summary>Reads the next line as JSON.</summary>
    public async Task<JsonElement> JsonAsync() => ToolResult.Parse(await LineAsync());

    /// <summary>Ends the command as Ctrl+C does.</summary>
    public async Task<ToolResult> InterruptAsync()
    {
        await _interrupt.CancelAsync();
        return await EndAsync();
    }

    /// <summary>Waits for the end of the command.</summary>
    public async Task<ToolResult> EndAsync()
    {
        int code = await _code.WaitAsync(s_guard);
        return new ToolResult(code, _output.ToString(), _error.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await _interrupt.CancelAsync();
        await _code.WaitAsync(s_guard);
        _interrupt.Dispose();
        _end.Dispose();
    }
}
