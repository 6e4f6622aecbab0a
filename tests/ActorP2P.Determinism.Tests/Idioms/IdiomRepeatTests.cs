namespace ActorP2P.Determinism.Tests;

public sealed class IdiomRepeatTests
{
    [Theory]
    [InlineData(nameof(TaskIdiomTests))]
    [InlineData(nameof(RouterIdiomTests))]
    [InlineData(nameof(SupervisionIdiomTests))]
    [InlineData(nameof(StreamIdiomTests))]
    [InlineData(nameof(RedirectIdiomTests))]
    public async Task Another_process_gives_the_same_trace(string name) =>
        Assert.Equal(IdiomHash.Of(name), await MeshProgram.RunElsewhereAsync("idioms", name));
}
