namespace BlockMesh.CommandLine;

/// <summary>The exit codes, as the help and the README list them.</summary>
public static class ExitCodes
{
    /// <summary>The program has done its task.</summary>
    public const int Done = 0;

    /// <summary>It failed; the last line begins with <c>FAILED:</c> and says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line is not valid; standard error says why.</summary>
    public const int Usage = 2;

    /// <summary>Interrupted by Ctrl+C: 128 plus the signal's number, as in shells.</summary>
    public const int Interrupted = 130;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;
}
