using System.CommandLine;
using ActorP2P.Cli.Terminal;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Options;

namespace ActorP2P.Cli.Run;

/// <summary>The command <c>run</c>, which runs the nodes of a file until the process is asked to end.</summary>
internal static class RunCommand
{
    /// <summary>The longest time that an orderly end may take; the host itself waits for 30 s.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(40);

    public static Command Create(ToolConsole console)
    {
        Argument<string> file = new("FILE") { Description = "The nodes and their settings, in HOCON." };
        Option<string?> http = new("--http")
        {
            Description = "The address of /health and /metrics, or off; overrides the file.",
            HelpName = "HOST:PORT",
        };
        Option<string?> dashboard = new("--dashboard")
        {
            Description = "The port of a status page on loopback, 0 for any, or off; overrides the file.",
            HelpName = "PORT",
        };
        Option<bool> json = new("--json") { Description = "Lines of JSON." };
        Command command = new("run", "Runs the nodes of a file until Ctrl+C or SIGTERM.")
        {
            file, http, dashboard, json,
        };
        Examples.Add(
            command,
            "actorp2p run hocon/local-mesh.conf",
            "actorp2p run hocon/local-mesh.conf --dashboard 9300");
        command.SetAction((parsed, cancellationToken) => RunAsync(
            console,
            () => RunFile.Read(parsed.GetValue(file)!, parsed.GetValue(http), parsed.GetValue(dashboard)),
            new RunOutput(console.Output, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolConsole console, Func<RunFile> read, RunOutput output, CancellationToken cancellationToken)
    {
        WebApplication? app = null;
        try
        {
            RunFile settings = read();
            app = NodeHost.Build(settings);
            settings.Services.CreateFolders();
            await app.StartAsync(cancellationToken);
            return await new RunningNodes(app, settings, output, console.Error).UntilEndAsync(cancellationToken);
        }
        catch (AggregateException wrong) when (wrong.InnerExceptions.All(IsOfTheFile))
        {
            foreach (Exception each in wrong.InnerExceptions)
            {
                await console.Error.WriteLineAsync(each.Message);
            }

            return ExitCodes.Usage;
        }
        catch (Exception wrong) when (IsOfTheFile(wrong))
        {
            await console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (Exception failed)
            when (failed is P2PException or IdentityException or IOException or UnauthorizedAccessException)
        {
            await console.Error.WriteLineAsync(failed.Message);
            return ExitCodes.NotStarted;
        }
        catch (Exception ended) when (ended is ClosedPipeException
            || (ended is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return ExitCodes.Done;
        }
        finally
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }
        }
    }

    private static bool IsOfTheFile(Exception wrong) =>
        wrong is ArgumentException or OptionsValidationException or InvalidDataException or FileNotFoundException;
}
