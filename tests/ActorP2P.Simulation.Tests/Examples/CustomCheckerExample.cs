using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests.Examples;

public sealed class CustomCheckerExample
{
    [Fact]
    public void Nobody_talks_without_end()
    {
        ScenarioFailedException failure = Assert.Throws<ScenarioFailedException>(() => Cluster.Of(3)
            .WithTraffic(new TrafficSettings { Pause = TimeSpan.FromMilliseconds(10) })
            .CheckedBy(new FewFrames(limit: 100))
            .RunFor(TimeSpan.FromMinutes(1)));

        Assert.Equal(nameof(FewFrames), failure.Checker);
        Assert.Contains($"{Seeds.Variable}={failure.Seed}", failure.Message, StringComparison.Ordinal);
    }

    private sealed class FewFrames(int limit) : Checker
    {
        private readonly Dictionary<string, int> _frames = [];

        protected override void OnFrame(in WireFrame frame)
        {
            int count = _frames[frame.Source] = _frames.GetValueOrDefault(frame.Source) + 1;
            if (frame.Header.Kind != FrameKind.Goodbye && count > limit)
            {
                Fail($"{frame.Source} has sent {count} frames.", frame.Source);
            }
        }
    }
}
