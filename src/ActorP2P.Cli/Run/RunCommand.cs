using System.CommandLine;
using ActorP2P.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace ActorP2P.Cli.Run;

/// <summary>The command <c>run</c>, which runs the nodes of a file until the process is asked to end.</summary>
internal static class RunCommand
{
    /// <summary>The longest time that an orderly end may take; the host itself waits for 30 s.</summary>
    public static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(40);

    public static Command Create()
    {
        Argument<string> file = new("FILE") { Description = "The nodes and their settings, in HOCON." };
        Option<string?> http = new("--http")
        {
            Description = "The address of /health and /metrics, or off; overrides the file.",
            HelpName = "HOST:PORT",
        };
        Option<bool> json = new("--json") { Description = "Lines of JSON." };
        Command command = new("run", "Runs the nodes of a file until Ctrl+C or SIGTERM.")
        {
            file, http, json,
        };
        command.SetAction((parsed, cancellationToken) => RunAsync(
            parsed.GetValue(file)!,
            parsed.GetValue(http),
            new RunOutput(Console.Out, parsed.GetValue(json)),
            cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(
        string file, string? http, RunOutput output, CancellationToken cancellationToken)
    {
        WebApplication? app = null;
        try
        {
            RunFile settings = RunFile.Read(file, http);
            app = NodeHost.Build(settings);
            await app.StartAsync(cancellationToken);
            return await UntilEndAsync(app, settings, output, cancellationToken);
        }
        catch (AggregateException wrong) when (wrong.InnerExceptions.All(IsOfTheFile))
        {
            foreach (Exception each in wrong.InnerExceptions)
            {
                await Console.Error.WriteLineAsync(each.Message);
            }

            return ExitCodes.Usage;
        }
        catch (Exception wrong) when (IsOfTheFile(wrong))
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return ExitCodes.Usage;
        }
        catch (Exception failed) when (failed is P2PException or IdentityException or IOException)
        {
            await Console.Error.WriteLineAsync(failed.Message);
            return ExitCodes.NotStarted;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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

    private static async Task<int> UntilEndAsync(
        WebApplication app, RunFile settings, RunOutput output, CancellationToken cancellationToken)
    {
        List<Task> ends = [];
        foreach (string name in settings.Nodes.Keys)
        {
            P2PNode node = app.Services.GetRequiredKeyedService<P2PNode>(name);
            output.Listening(name, node.Id, node.ListenAddresses);
            ends.Add(node.Completion);
        }

        if (settings.Http is not null)
        {
            output.Http(app.Urls);
        }

        output.Ready();
        Task told = Task.Delay(Timeout.Infinite, cancellationToken);
        Task first = await Task.WhenAny([told, .. ends]);

        // The host's shutdown timeout starts now, and not when the process was asked to end.
        await app.StopAsync(CancellationToken.None);
        if (first.Exception?.InnerException is { } fault)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return ExitCodes.Failed;
        }

        output.Ended();
        return ExitCodes.Done;
    }
}
