namespace ActorP2P.Tests.Faults;

/// <summary>
/// The memory budget depends on what the process may use, and a start that cannot have its budget says so.
/// </summary>
public sealed class MemoryLimitTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public async Task A_node_whose_budget_is_beyond_the_limit_does_not_start()
    {
        P2PNodeServices small = new() { AvailableMemory = 60 * MiB };
        P2PNodeOptions greedy = new()
        {
            Listen = null,
            ReassemblyBudget = 4 * MiB,
            Session = new() { MaxMessage = (int)MiB },
            MemoryBudget = 50 * MiB,
        };

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => P2PNode.StartAsync(greedy, null, small));

        Assert.Equal(nameof(P2PNodeOptions.MemoryBudget), refusal.ParamName);
        Assert.Contains(nameof(P2PNodeOptions.Session.MaxMessage), refusal.Message, StringComparison.Ordinal);
        Assert.Contains($"{45 * MiB}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_with_smaller_messages_starts_within_the_limit()
    {
        P2PNodeServices small = new() { AvailableMemory = 60 * MiB };
        P2PNodeOptions modest = new()
        {
            Listen = null,
            ReassemblyBudget = 4 * MiB,
            Session = new() { MaxMessage = (int)MiB },
        };

        await using P2PNode node = await P2PNode.StartAsync(modest, null, small);

        Assert.InRange(modest.MemoryBudgetIn(60 * MiB), 1, 45 * MiB);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(4_096)]
    [InlineData(65_536)]
    public void The_automatic_budget_follows_the_limit(long available)
    {
        P2PNodeOptions settings = new();
        settings.RequireMemory(available * MiB);
        Assert.InRange(settings.MemoryBudgetIn(available * MiB), available * MiB / 8, available * MiB / 2);
    }
}
