namespace ActorP2P.Determinism.TestKit.Tests;

/// <summary>The same seed gives the same run, with every redirect at work.</summary>
public sealed class RepeatTests
{
    private const int Runs = 200;

    [Fact]
    public void Two_hundred_runs_of_a_seed_are_equal()
    {
        ulong first = ManyIdioms.Run(5);
        Assert.All(Enumerable.Range(1, Runs - 1), _ => Assert.Equal(first, ManyIdioms.Run(5)));
    }

    [Fact]
    public void Another_seed_is_another_run() => Assert.NotEqual(ManyIdioms.Run(5), ManyIdioms.Run(6));

    [Fact]
    public async Task Three_processes_make_the_same_run()
    {
        string[] hashes = await Task.WhenAll(OtherProcess.Hash(5), OtherProcess.Hash(5), OtherProcess.Hash(5));
        Assert.All(hashes, hash => Assert.Equal($"{ManyIdioms.Run(5):x16}", hash));
    }
}
