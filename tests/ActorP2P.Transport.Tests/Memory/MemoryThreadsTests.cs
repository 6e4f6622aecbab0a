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
        using IListener listener = network.CreateTransport("beta").Listen(new PeerAddress("beta", 0), sinks);
        network.CreateTransport("alpha").Dial(listener.LocalAddress, SocketPair.Guard, sinks);
        await EchoRun.AssertEchoesAsync(
            await sinks.Dialled.WaitAsync(SocketPair.Guard), await sinks.Accepted.WaitAsync(SocketPair.Guard), 2_000);
    }
}
