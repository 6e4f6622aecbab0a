namespace ActorP2P.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>Success. For <c>run</c>: the process was asked to end, and its nodes have said goodbye.</summary>
    public const int Done = 0;

    /// <summary>
    /// A seed failed, the cluster was not reached, or a node stopped by itself; the last line says why.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line or the file is invalid.</summary>
    public const int Usage = 2;

    /// <summary>A node cannot start: its port is in use, or its identity file cannot be used.</summary>
    public const int NotStarted = 3;

    /// <summary>Ctrl+C ended a simulation.</summary>
    public const int Interrupted = 130;
}
