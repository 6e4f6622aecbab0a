namespace ActorP2P.Cli;

/// <summary>The exit codes of the process.</summary>
internal static class ExitCodes
{
    /// <summary>Success. For <c>run</c>: the process was asked to end, and its nodes have said goodbye.</summary>
    public const int Done = 0;

    /// <summary>
    /// A seed failed, the cluster was not reached, a node stopped by itself, or a peer did not do what it was asked to;
    /// the last line says why.
    /// </summary>
    public const int Failed = 1;

    /// <summary>The command line or a file is invalid.</summary>
    public const int Usage = 2;

    /// <summary>
    /// Something of this machine cannot be used: a port is taken, or a file cannot be read or written.
    /// </summary>
    public const int NotStarted = 3;

    /// <summary>There is no connection to the node.</summary>
    public const int NotConnected = 4;

    /// <summary>Ctrl+C ended the command before it was done.</summary>
    public const int Interrupted = 130;
}
