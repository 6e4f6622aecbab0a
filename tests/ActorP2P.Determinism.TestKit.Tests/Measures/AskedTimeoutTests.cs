namespace ActorP2P.Determinism.TestKit.Tests;

public sealed class AskedTimeoutTests
{
    [Theory]
    [InlineData(-1, -1)]
    [InlineData(0, 0)]
    [InlineData(2_990, 3_000)]
    [InlineData(2_950, 3_000)]
    [InlineData(295, 300)]
    [InlineData(3_599_930, 3_600_000)]
    [InlineData(int.MaxValue, int.MaxValue)]
    public void The_rest_after_spinning_is_rounded_to_the_timeout(int left, int asked) =>
        Assert.Equal(asked, AskedTimeout.Of(left));
}
