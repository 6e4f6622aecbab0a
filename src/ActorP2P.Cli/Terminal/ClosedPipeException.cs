namespace ActorP2P.Cli.Terminal;

/// <summary>Whoever read the output has closed it, so the command ends.</summary>
internal sealed class ClosedPipeException(Exception cause) : Exception("The output was closed.", cause);
