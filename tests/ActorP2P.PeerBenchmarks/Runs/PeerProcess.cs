using System.Globalization;
using ActorP2P.Benchmarks;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The near process of a system, as the program that takes the samples sees it.</summary>
internal sealed class PeerProcess(PeerSystem system) : IDisposable
{
    // Longer than the far process waits for messages that do not come.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly ChildProcess _child = ChildProcess.Start("near", system.Name);

    public PeerSystem System => system;

    /// <summary>Carries out an order.</summary>
    /// <exception cref="InvalidOperationException">It failed, with the reason.</exception>
    /// <exception cref="TimeoutException">There is no answer.</exception>
    public async Task<string> OrderAsync(string order)
    {
        string answer = await _child.OrderAsync(order).WaitAsync(s_patience);
        return answer.StartsWith("failed", StringComparison.Ordinal)
            ? throw new InvalidOperationException(answer)
            : answer;
    }

    /// <summary>Takes a sample.</summary>
    public async Task<double[]> SampleAsync() =>
        [.. (await OrderAsync("sample")).Split(' ').Select(
            static text => double.Parse(text, CultureInfo.InvariantCulture))];

    public void Dispose() => _child.Dispose();
}
