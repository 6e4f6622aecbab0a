using ActorP2P.Determinism.TestKit;
using Xunit;

namespace Nodes;

/// <summary>The kit's build files and generators come through ActorP2P.TestKit too.</summary>
public sealed class KitTests : SimulatedTestKit
{
    [Fact]
    public void A_sleep_takes_virtual_time()
    {
        Thread.Sleep(TimeSpan.FromSeconds(3));

        Assert.Equal(TimeSpan.FromSeconds(3), World.Now);
    }
}
