using System.Runtime.InteropServices;

namespace BlockMesh.CommandLine;

/// <summary>
/// Ends the program in order on Ctrl+C and on SIGTERM, and remembers the signal for the exit code. A second signal ends
/// the process at once.
/// </summary>
public sealed class EndingSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly Timer _limit;
    private int _code;

    /// <summary>Listens to both signals.</summary>
    /// <param name="patience">The time that the program has to end; after it the process ends anyway.</param>
    public EndingSignal(TimeSpan patience)
    {
        _limit = new Timer(_ => Environment.Exit(_code));
        _interrupt = PosixSignalRegistration.Create(
            PosixSignal.SIGINT, context => End(context, ExitCodes.Interrupted, patience));
        _terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, context => End(context, ExitCodes.Terminated, patience));
    }

    /// <summary>A token that the first signal cancels.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of the program, corrected if a signal interrupted it.</summary>
    public int Correct(int code) =>
        code == ExitCodes.Interrupted && Volatile.Read(ref _code) is not 0 and int ended ? ended : code;

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _limit.Dispose();
        _source.Dispose();
    }

    private void End(PosixSignalContext context, int code, TimeSpan patience)
    {
        if (Interlocked.CompareExchange(ref _code, code, 0) != 0)
        {
            return;
        }

        context.Cancel = true;
        _limit.Change(patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
