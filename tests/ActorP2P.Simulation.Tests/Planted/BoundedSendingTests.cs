using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>A node tells a connection the distance to its peer as soon as the handshake has shown it.</summary>
public sealed class BoundedSendingTests
{
    [Fact]
    public void Both_sides_limit_the_system_buffer_by_the_round_trip()
    {
        Recorder recorder = new();
        Cluster.Of(["a", "b"]).InALine()
            .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(30) })
            .WithTransport((node, transport) => new PlantedTransport(node.Name, transport, recorder))
            .Run(cluster => cluster.UntilConnectedAsync());

        Assert.Equal(["a", "b"], recorder.Bounded.Keys);
        Assert.All(recorder.Bounded.Values, roundTrip =>
            Assert.InRange(roundTrip, TimeSpan.FromMilliseconds(60), TimeSpan.FromMilliseconds(61)));
    }

    private sealed class Recorder : IPlantedFault
    {
        public SortedDictionary<string, TimeSpan> Bounded { get; } = [];

        public IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame) => [frame];

        public void OnBounded(string from, TimeSpan roundTrip) => Bounded.Add(from, roundTrip);
    }
}
