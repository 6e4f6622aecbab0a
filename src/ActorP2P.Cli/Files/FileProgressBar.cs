using ActorP2P.Cli.Terminal;
using Spectre.Console;

namespace ActorP2P.Cli.Files;

/// <summary>Shows how far a file is, on a terminal only.</summary>
internal static class FileProgressBar
{
    /// <summary>Runs a transfer.</summary>
    /// <param name="console">Where it is shown.</param>
    /// <param name="isShown">Whether it is wanted.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="transfer">The transfer; it reports the bytes so far and the bytes of the whole.</param>
    public static async Task<T> RunAsync<T>(
        ToolConsole console, bool isShown, string name, Func<Action<long, long>, Task<T>> transfer)
    {
        if (!console.IsTerminal || !isShown)
        {
            return await transfer(static (_, _) => { });
        }

        return await console.Live().Progress().AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn { Width = Math.Max(5, console.Width / 4) },
                new PercentageColumn(), new TransferSpeedColumn())
            .StartAsync(async progress =>
            {
                ProgressTask task = progress.AddTask(
                    Markup.Escape(TextTable.Cut(SafeText.Of(name), Math.Max(8, console.Width / 3))), maxValue: 1);
                return await transfer((done, length) =>
                {
                    task.MaxValue = Math.Max(1, length);
                    task.Value = done;
                });
            });
    }
}
