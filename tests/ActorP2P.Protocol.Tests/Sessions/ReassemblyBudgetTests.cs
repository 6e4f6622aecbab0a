namespace ActorP2P.Protocol.Tests;

public class ReassemblyBudgetTests
{
    [Fact]
    public void No_more_room_is_reserved_than_there_is()
    {
        ReassemblyBudget budget = new(100);
        Assert.True(budget.TryReserve(60));
        Assert.False(budget.TryReserve(41));
        Assert.Equal(60, budget.Reserved);
        Assert.True(budget.TryReserve(40));
        budget.Release(100);
        Assert.Equal(0, budget.Reserved);
    }

    [Fact]
    public void A_capacity_beyond_32_bits_is_counted_right()
    {
        ReassemblyBudget budget = new(long.MaxValue / 2);
        Assert.True(
            budget.TryReserve(int.MaxValue) && budget.TryReserve(int.MaxValue) && budget.TryReserve(int.MaxValue));
        Assert.Equal(3L * int.MaxValue, budget.Reserved);
    }
}
