using System.Diagnostics;

namespace ActorP2P.PeerBenchmarks;

/// <summary>
/// One system of the comparison. A measure uses two instances: one in the far process, which serves or joins, and one
/// in the near process, which sends, asks and publishes. An instance plays one of these roles.
/// </summary>
internal abstract class Contender : IAsyncDisposable
{
    /// <summary>Far: starts to count what is sent one way, and to answer each ask with the bytes of the ask.</summary>
    /// <returns>The address for <see cref="ConnectAsync"/>, without line breaks.</returns>
    public abstract Task<string> ServeAsync(Arrivals arrivals);

    /// <summary>Near: connects to a far instance that serves.</summary>
    public abstract Task ConnectAsync(string address);

    /// <summary>
    /// Near: sends the same bytes many times in one direction. The task completes when the system has accepted the
    /// last message, which may be before it has arrived.
    /// </summary>
    public abstract Task SendAsync(byte[] payload, int count);

    /// <summary>Near: asks one question.</summary>
    /// <returns>The bytes of the answer.</returns>
    public abstract Task<ReadOnlyMemory<byte>> AskAsync(byte[] payload);

    /// <summary>Near: asks for some time, with a constant number of asks under way, each at least once.</summary>
    /// <returns>The number of answers.</returns>
    public virtual async Task<long> AskManyAsync(byte[] payload, int inFlight, TimeSpan duration)
    {
        long start = Stopwatch.GetTimestamp();
        long[] answers = await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(AskInTurnAsync)));
        return answers.Sum();

        async Task<long> AskInTurnAsync()
        {
            long asks = 0;
            do
            {
                await AskAsync(payload);
                asks++;
            }
            while (Stopwatch.GetElapsedTime(start) < duration);
            return asks;
        }
    }

    /// <summary>Near: opens the place that receivers join.</summary>
    /// <returns>The address for <see cref="JoinAsync"/>, without line breaks.</returns>
    public abstract Task<string> OpenHubAsync();

    /// <summary>Far: connects one receiver for each of these counts, in addition to earlier ones.</summary>
    public abstract Task JoinAsync(string hub, IReadOnlyList<Arrivals> receivers);

    /// <summary>Near: waits until so many receivers have joined altogether.</summary>
    public abstract Task UntilJoinedAsync(int receivers);

    /// <summary>
    /// Near: sends the same bytes many times to all receivers, in the way that the system has for this. The task
    /// completes when the system has accepted all of it.
    /// </summary>
    public abstract Task PublishAsync(byte[] payload, int count);

    /// <summary>
    /// Near: the same with one send for each receiver, where <see cref="PublishAsync"/> is another way.
    /// </summary>
    /// <exception cref="NotSupportedException">
    /// There is only one way, see <see cref="PeerSystem.TellsEach"/>.
    /// </exception>
    public virtual Task TellEachAsync(byte[] payload, int count) => throw new NotSupportedException();

    public abstract ValueTask DisposeAsync();
}
