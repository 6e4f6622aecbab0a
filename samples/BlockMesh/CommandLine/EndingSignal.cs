using System.Runtime.InteropServices;

namespace BlockMesh.CommandLine;

/// <summary>Knows which signal has ended the program, so that its exit code says so.</summary>
public sealed class EndingSignal : IDisposable
{
    private readonly PosixSignalRegistration _registration;
    private volatile bool _isTerminated;

    /// <summary>Listens to SIGTERM, and leaves what is to be done to others.</summary>
    public EndingSignal() => _registration =
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => _isTerminated = true);

    /// <summary>The exit code of a program that was interrupted: which signal it was makes the difference.</summary>
    public int Correct(int code) => code == ExitCodes.Interrupted && _isTerminated ? ExitCodes.Terminated : code;

    /// <inheritdoc/>
    public void Dispose() => _registration.Dispose();
}
