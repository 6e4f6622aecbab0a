namespace ActorP2P.Cli;

/// <summary>What the process ends with.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>A seed failed, or the cluster was not to be had; the last line says why.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the file makes no sense.</summary>
    public const int Usage = 2;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;
}
