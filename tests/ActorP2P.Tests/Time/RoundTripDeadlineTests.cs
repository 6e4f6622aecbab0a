namespace ActorP2P.Tests.Time;

/// <summary>The time for a pong, which follows the round trip if the settings allow it.</summary>
public sealed class RoundTripDeadlineTests
{
    [Theory]
    [InlineData(1, 10, 12)]
    [InlineData(30, 39, 41)]
    public void A_lost_peer_is_found_within_the_time_for_its_pong(int least, int earliest, int latest) => Cluster
        .Of(["server", "client"])
        .Unlinked()
        .LinkedBy(new LinkConditions { Latency = TimeSpan.FromMilliseconds(10) })
        .WithSettings(settings => settings with
        {
            Session = settings.Session with
            {
                PingAfter = TimeSpan.FromSeconds(10), LeastPongTimeout = TimeSpan.FromSeconds(least),
            },
        })
        .Run(async cluster =>
        {
            P2PNode client = cluster["client"].Node;
            Peer peer = await client.ConnectAsync(cluster["server"].Address);
            await cluster.Delay(TimeSpan.FromMinutes(1));
            Assert.Equal(TimeSpan.FromSeconds(least), peer.Statistics.PongTimeout);
            Assert.InRange(
                peer.Statistics.MeanRoundTrip!.Value, TimeSpan.FromMilliseconds(20), TimeSpan.FromMilliseconds(30));
            using NodeEvents events = client.Events();
            TimeSpan heard = cluster.World.Now;

            // A host without power does not end its connections.
            cluster.Faults.Kill("server", DeathKind.Host);
            PeerDisconnected end = await events.ReadAsync<PeerDisconnected>();

            Assert.Equal(DisconnectReason.PingTimeout, end.Reason);
            Assert.InRange(
                cluster.World.Now - heard, TimeSpan.FromSeconds(earliest - 10), TimeSpan.FromSeconds(latest));
        });
}
