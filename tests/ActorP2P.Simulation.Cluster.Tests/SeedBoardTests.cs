namespace ActorP2P.Simulation.Tests;

public class SeedBoardTests
{
    private readonly SeedBoard<string> _board = new([1, 2, 3]);

    [Fact]
    public void A_member_has_one_seed_at_a_time()
    {
        Assert.Equal(1UL, Take("a"));
        Assert.Equal(1UL, Take("a"));
        Assert.Equal(2UL, Take("b"));
    }

    [Fact]
    public void The_seed_of_a_lost_member_is_run_next()
    {
        Take("a");
        Take("b");
        _board.Lose("a");
        Assert.Equal(1, _board.Redone);
        Assert.Equal(1UL, Take("c"));
        Assert.Equal(3UL, Take("d"));
        Assert.Null(Take("e"));
    }

    [Fact]
    public void The_results_of_a_lost_member_are_kept()
    {
        Take("a");
        Assert.NotNull(_board.Finish("a", Result(1)));
        _board.Lose("a");
        Assert.Equal(0, _board.Redone);
        Assert.Equal(2UL, Take("b"));
    }

    [Fact]
    public void A_seed_that_was_done_before_this_board_is_not_run_again()
    {
        Assert.NotNull(_board.Finish("a", Result(1)));
        Assert.Equal(2UL, Take("a"));
    }

    [Fact]
    public void A_second_result_must_be_equal()
    {
        Assert.NotNull(_board.Finish("a", Result(1)));
        Assert.Null(_board.Finish("b", Result(1)));
        ScenarioResult? differs = _board.Finish("c", Result(1) with { TraceHash = "2" });
        Assert.Contains("hashes differ", differs?.Failure, StringComparison.Ordinal);
        Assert.False(Assert.Single(_board.Results).Passed);
    }

    [Fact]
    public void It_is_done_when_every_seed_is()
    {
        Assert.False(_board.IsDone);
        _board.Finish("a", Result(3));
        _board.Finish("a", Result(1));
        Assert.False(_board.IsDone);
        _board.Finish("b", Result(2));
        Assert.True(_board.IsDone);
        Assert.Equal([1UL, 2UL, 3UL], _board.Results.Select(result => result.Seed));
    }

    private ulong? Take(string member) => _board.TryTake(member, out ulong seed) ? seed : null;

    private static ScenarioResult Result(ulong seed) => new() { Scenario = "s", Seed = seed, TraceHash = "1" };
}
