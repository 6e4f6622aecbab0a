using Microsoft.Extensions.Time.Testing;

namespace ActorP2P.Benchmarks.Tests;

public sealed class MachineLockTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("lock").FullName;

    private string Lock => Path.Combine(_directory, "machine.lock");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void Only_one_measurement_has_the_machine()
    {
        MachineLock first = MachineLock.TryTake(Lock)!;

        Assert.NotNull(first);
        Assert.Null(MachineLock.TryTake(Lock));

        first.Dispose();
        using MachineLock? second = MachineLock.TryTake(Lock);
        Assert.NotNull(second);
    }

    [Fact]
    public async Task A_measurement_waits_for_the_one_before()
    {
        FakeTimeProvider time = new();
        StringWriter log = new();
        MachineLock first = MachineLock.TryTake(Lock)!;

        Task<MachineLock?> second = MachineLock.TakeAsync(Lock, log, time);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False(second.IsCompleted);
        first.Dispose();
        time.Advance(TimeSpan.FromSeconds(1));

        using MachineLock? taken = await second;
        Assert.NotNull(taken);
        Assert.Equal("Another measurement runs on this machine; waiting for it.", log.ToString().Trim());
    }

    [Fact]
    public async Task A_measurement_gives_up_after_half_an_hour()
    {
        FakeTimeProvider time = new() { AutoAdvanceAmount = TimeSpan.FromMinutes(16) };
        StringWriter log = new();
        using MachineLock? first = MachineLock.TryTake(Lock);

        Task<MachineLock?> second = MachineLock.TakeAsync(Lock, log, time);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(await second);
        Assert.Contains("nothing was measured", log.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "all")]
    [InlineData(true, "ratios", "--repetitions", "3")]
    [InlineData(true, "oneway-1KiB")]
    [InlineData(true, "compare", "report.json")]
    [InlineData(true, "profile", "ask", "3")]
    [InlineData(true, "worlds", "talk")]
    [InlineData(false, "compare", "before.json", "after.json")]
    [InlineData(false, "smoke")]
    [InlineData(false, "soak", "--minutes", "10")]
    [InlineData(false, "chaos", "--minutes", "10")]
    [InlineData(false, "serve")]
    [InlineData(false, "hold", "node", "9")]
    [InlineData(false)]
    public void What_measures_needs_the_machine_for_itself(bool needs, params string[] arguments) =>
        Assert.Equal(needs, MachineLock.IsNeededFor(arguments));
}
