namespace ActorP2P.Simulation;

/// <summary>
/// The outcome that a process of the cluster waits for. The member completes it, or the coordinator if it runs in this
/// process.
/// </summary>
internal sealed class ClusterRunState(ClusterRunOptions options, IProgress<ScenarioResult>? progress)
{
    private readonly TaskCompletionSource<ClusterRunReport> _ended = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public ClusterRunOptions Options => options;

    public string Version { get; } = typeof(Scenario).Assembly.GetName().Version!.ToString();

    public Task<ClusterRunReport> Ended => _ended.Task;

    public void Report(ScenarioResult result) => progress?.Report(result);

    public void Complete(ClusterRunReport report) => _ended.TrySetResult(report);

    public void Fail(string reason) => _ended.TrySetException(new ClusterRunException(reason));
}
