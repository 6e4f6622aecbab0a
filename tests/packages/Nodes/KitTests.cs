using ActorP2P.Determinism.TestKit;
using Xunit;

namespace Nodes;

/// <summary>
/// A project that refers to ActorP2P.TestKit also gets the build files and the generators of the kit.
/// </summary>
public sealed class KitTests : SimulatedTestKit
{
    [Fact]
    public void A_sleep_takes_virtual_time()
    {
        Thread.Sleep(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), World.Now);
    }
}
