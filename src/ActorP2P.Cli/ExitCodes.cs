namespace ActorP2P.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    /// <summary>It did what it was told to do; of <c>run</c>, it was told to end and has said goodbye.</summary>
    public const int Done = 0;

    /// <summary>
    /// A seed failed, the cluster was not to be had, or a node stopped by itself; the last line says why.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line or the file makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>A node cannot start: a port is taken, or the file of its identity cannot be used.</summary>
    public const int NotStarted = 3;

    /// <summary>Ctrl+C ended a simulation.</summary>
    public const int Interrupted = 130;
}
