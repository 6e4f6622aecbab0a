using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// The time until the first answer, in a process that has not used the system before: creating it, connecting, and one
/// ask. The far end serves already, but has not answered anything either.
/// </summary>
internal sealed class FirstAnswerMeasure(string name) : PeerMeasure(name)
{
    private readonly byte[] _payload = Arrivals.Payload(32);

    public override IReadOnlyList<string> Figures { get; } = Named(name, "ms");

    public override bool IsFresh => true;

    public override Task PrepareAsync(Near near) => Task.CompletedTask;

    public override async Task<double[]> SampleAsync(Near near)
    {
        string address = await near.ServeAsync(_payload.Length);
        long start = Stopwatch.GetTimestamp();
        await near.Contender.ConnectAsync(address);
        await near.Contender.AskAsync(_payload);
        return [Stopwatch.GetElapsedTime(start).TotalMilliseconds];
    }
}
