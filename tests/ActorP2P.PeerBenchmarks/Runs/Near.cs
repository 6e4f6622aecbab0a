using System.Globalization;

namespace ActorP2P.PeerBenchmarks;

/// <summary>The near side of one measure of one system: its instance, and the orders to the far side.</summary>
/// <param name="system">The system.</param>
/// <param name="far">Gives an order to the far side, and returns its answer.</param>
internal sealed class Near(PeerSystem system, Func<string, Task<string>> far) : IAsyncDisposable
{
    /// <summary>The near instance of the system.</summary>
    public Contender Contender { get; } = system.Create();

    /// <summary>Starts a far instance that serves, and connects to it.</summary>
    /// <param name="length">The length of the messages one way, in bytes.</param>
    public async Task ConnectAsync(int length) => await Contender.ConnectAsync(await ServeAsync(length));

    /// <summary>Starts a far instance that serves.</summary>
    /// <returns>Its address.</returns>
    public Task<string> ServeAsync(int length) => far(string.Create(CultureInfo.InvariantCulture, $"serve {length}"));

    /// <summary>Connects more receivers to a hub of the near side.</summary>
    public Task JoinAsync(string hub, int length, int more) =>
        DemandAsync(string.Create(CultureInfo.InvariantCulture, $"join {length} {more} {hub}"));

    /// <summary>Lets the far side count from zero.</summary>
    public Task ResetAsync() => DemandAsync("reset");

    /// <summary>Waits until the handler of each receiver has got so many messages, all as they should be.</summary>
    /// <exception cref="InvalidOperationException">They have not come in time, or are wrong.</exception>
    public Task UntilArrivedAsync(long count) =>
        DemandAsync(string.Create(CultureInfo.InvariantCulture, $"await {count}"));

    /// <summary>The processor time that both processes have used.</summary>
    public async Task<BothUsage> UsageAsync() => new(
        Environment.CpuUsage.TotalTime,
        TimeSpan.FromTicks(long.Parse(await far("usage"), CultureInfo.InvariantCulture)));

    public async ValueTask DisposeAsync()
    {
        await Contender.DisposeAsync();
        await DemandAsync("end");
    }

    private async Task DemandAsync(string order)
    {
        string answer = await far(order);
        if (answer != "ok")
        {
            throw new InvalidOperationException($"'{order}' failed: {answer}");
        }
    }
}
