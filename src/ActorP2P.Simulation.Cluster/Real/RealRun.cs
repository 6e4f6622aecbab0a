namespace ActorP2P.Simulation;

/// <summary>Runs a scenario with real nodes on real sockets, all of them in this process.</summary>
public static class RealRun
{
    /// <summary>How long nodes may take to connect, at the start and at the end.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    // The members begin together; a moment later all of them know when.
    internal static readonly TimeSpan Lead = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs it with one seed, in real time.</summary>
    /// <param name="scenario">The scenario. <see cref="RealLimits"/> says what of it applies.</param>
    /// <param name="seed">The seed, which decides the links, the senders and the victims of the timeline.</param>
    /// <param name="host">Where the nodes listen, on ports that the system chooses.</param>
    /// <param name="cancellationToken">Stops the nodes.</param>
    /// <returns>The result, without a hash: no real run is the same twice.</returns>
    /// <exception cref="ScenarioException">Real nodes cannot run it.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static async Task<ScenarioResult> RunAsync(
        Scenario scenario, ulong seed, string host = "127.0.0.1", CancellationToken cancellationToken = default)
    {
        RealLimits.Check(scenario);
        await using RealMember member = new(scenario, seed, 0, 1, host, Patience);
        await member.LinkAsync(await member.StartAsync(cancellationToken), cancellationToken);
        RealPart part = await member.PlayAsync(TimeProvider.System.GetUtcNow() + Lead, cancellationToken);
        return RealPart.Merge(scenario, seed, [part]);
    }
}
