using ActorP2P.Cli.Terminal;
using Microsoft.Extensions.Options;

namespace ActorP2P.Cli;

/// <summary>Runs a command and turns what ends it into a message and an exit code.</summary>
/// <param name="console">Where it prints.</param>
/// <param name="json">Whether a problem is printed as JSON too.</param>
internal sealed class Verb(ToolConsole console, bool json)
{
    /// <summary>Runs a command.</summary>
    /// <param name="run">The command; it returns the exit code.</param>
    /// <param name="cancellationToken">Is cancelled by Ctrl+C.</param>
    public async Task<int> RunAsync(Func<Task<int>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run();
        }
        catch (ClosedPipeException)
        {
            // Its reader has what it wanted.
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Report("Interrupted.", null, ExitCodes.Interrupted);
        }
        catch (Exception failed) when (CodeOf(failed) is not null)
        {
            return Report(failed.Message, ReasonOf(failed), CodeOf(failed)!.Value);
        }
    }

    private static int? CodeOf(Exception failed) => failed switch
    {
        UsageException or ArgumentException or FormatException or InvalidDataException or OptionsValidationException
            or FileNotFoundException => ExitCodes.Usage,
        ConnectException => ExitCodes.NotConnected,
        IdentityException or NodeStoppedException or IOException or UnauthorizedAccessException
            => ExitCodes.NotStarted,
        P2PException => ExitCodes.Failed,
        _ => null,
    };

    private static string? ReasonOf(Exception failed) => failed switch
    {
        ConnectException connect => $"{connect.Reason}",
        AskException { Reason: AskFailure.PeerError } ask => $"{ask.ErrorCode}",
        AskException ask => $"{ask.Reason}",
        SendException send => $"{send.Reason}",
        PeerStreamException { Reason: StreamFailure.PeerError } stream => $"{stream.ErrorCode}",
        PeerStreamException stream => $"{stream.Reason}",
        LoginException login => $"{login.Reason}",
        _ => null,
    };

    private int Report(string message, string? reason, int code)
    {
        if (json)
        {
            console.WriteJson(new { error = message, reason, exitCode = code });
        }

        console.Error.WriteLine(SafeText.Of(message));
        return code;
    }
}
