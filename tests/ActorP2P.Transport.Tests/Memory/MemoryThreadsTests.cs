using ActorP2P.Protocol;

namespace ActorP2P.Transport.Tests;

public class MemoryThreadsTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task On_the_systems_clock_an_echo_returns_everything_in_order(int latencyMilliseconds)
    {
        var network = new MemoryNetwork(TimeProvider.System, TimeSpan.FromMilliseconds(latencyMilliseconds));
        var sinks = new ConnectionSinks();
        using IDisposable listener = network.CreateTransport("beta").Listen(new PeerAddress("beta", 0), sinks);
        network.CreateTransport("alpha").Dial(await sinks.Listening, Waits.Guard, sinks);
        await EchoRun.AssertEchoesAsync(
            await sinks.Dialled.WaitAsync(Waits.Guard), await sinks.Accepted.WaitAsync(Waits.Guard), 2_000);
    }
}
