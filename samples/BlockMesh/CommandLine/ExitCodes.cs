namespace BlockMesh.CommandLine;

/// <summary>How the program ends, as its help and the README say.</summary>
public static class ExitCodes
{
    /// <summary>It did what it was told to do.</summary>
    public const int Done = 0;

    /// <summary>It failed; the last line begins with <c>FAILED:</c> and says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line makes no sense; standard error says why.</summary>
    public const int Usage = 2;

    /// <summary>It was interrupted by Ctrl+C: 128 and the signal's number, as shells count.</summary>
    public const int Interrupted = 130;

    /// <summary>It was told to end by SIGTERM.</summary>
    public const int Terminated = 143;
}
