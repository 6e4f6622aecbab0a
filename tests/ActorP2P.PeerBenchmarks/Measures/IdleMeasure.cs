namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// The managed memory that one idle connection takes in the process of a hub. It is the growth while 64 receivers join,
/// after the first 16, which bring into memory what belongs to no single connection.
/// </summary>
internal sealed class IdleMeasure(string name, int connections) : PeerMeasure(name)
{
    private const int Before = 16;

    public override IReadOnlyList<string> Figures { get; } = Named(name, "managed-B");

    public override bool IsFresh => true;

    public override Task PrepareAsync(Near near) => Task.CompletedTask;

    public override async Task<double[]> SampleAsync(Near near)
    {
        string hub = await near.Contender.OpenHubAsync();
        await near.JoinAsync(hub, 1, Before);
        await near.Contender.UntilJoinedAsync(Before);
        long before = await ManagedAsync();
        await near.JoinAsync(hub, 1, connections);
        await near.Contender.UntilJoinedAsync(Before + connections);
        return [(double)(await ManagedAsync() - before) / connections];
    }

    private static async Task<long> ManagedAsync()
    {
        // What a handshake has used may still be on its way to the finalizers.
        for (int i = 0; i < 3; i++)
        {
            await Task.Delay(100);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
