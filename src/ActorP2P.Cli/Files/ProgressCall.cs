namespace ActorP2P.Cli.Files;

/// <summary>Calls at once when progress is reported, in the order of the reports.</summary>
internal sealed class ProgressCall<T>(Action<T> call) : IProgress<T>
{
    public void Report(T value) => call(value);
}
