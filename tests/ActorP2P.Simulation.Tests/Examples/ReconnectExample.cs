namespace ActorP2P.Simulation.Tests.Examples;

public sealed class ReconnectExample
{
    [Fact]
    public void A_client_finds_its_server_again_after_the_power_fails()
    {
        Cluster.Of(["server", "client"])
            .Where("server", protocol => protocol.OnRequest<Text, Text>((text, _) => text))
            .At(TimeSpan.FromSeconds(10), faults => faults.Kill("server", DeathKind.Host))
            .At(TimeSpan.FromSeconds(40), faults => faults.Restart("server"))
            .Run(async cluster =>
            {
                await cluster.Delay(TimeSpan.FromSeconds(15));
                AskException lost = await Assert.ThrowsAsync<AskException>(
                    () => cluster["client"].AskAsync<Text>("server", new Text("anybody?")));
                Assert.Equal(AskFailure.TimedOut, lost.Reason);

                // A host that dies sends nothing. A ping detects it after 60 s of silence and 30 s without a pong.
                await cluster.Delay(TimeSpan.FromSeconds(75));
                await cluster.UntilConnectedAsync(TimeSpan.FromMinutes(10));
                Assert.Equal("again", (await cluster["client"].AskAsync<Text>("server", new Text("again"))).Value);
            });
    }
}
