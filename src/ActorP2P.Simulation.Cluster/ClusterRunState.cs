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

    /// <summary>Why no coordinator can be found.</summary>
    public string NoCoordinator => $"No coordinator answered"
        + $"{(options.Join is { } join ? $" in the cluster of {join}" : "")} within "
        + $"{options.CoordinatorTimeout.TotalSeconds:0.#} s.";

    public Task<ClusterRunReport> Ended => _ended.Task;

    /// <summary>Why a member cannot take part; null when it can.</summary>
    public string? Refuse(ClusterMessages.Hello hello) =>
        hello.Scenario != options.Scenario.Digest ? "the coordinator has read another scenario"
        : hello.Version != Version ? $"the coordinator runs version {Version}, this member {hello.Version}"
        : null;

    public void Report(ScenarioResult result) => progress?.Report(result);

    public void Complete(ClusterRunReport report) => _ended.TrySetResult(report);

    public void Fail(string reason) => _ended.TrySetException(new ClusterRunException(reason));
}
