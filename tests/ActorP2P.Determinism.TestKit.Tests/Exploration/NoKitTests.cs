namespace ActorP2P.Determinism.TestKit.Tests;

#pragma warning disable xUnit1000 // It is not public, so that it runs inside of other tests alone.

/// <summary>A test that is explored, in a class that is not on the kit; another test runs it.</summary>
internal sealed class NoKitTests
{
    [Explore(Schedules = 2)]
    public void Nothing_is_simulated()
    {
        // There is nothing to do.
    }
}
