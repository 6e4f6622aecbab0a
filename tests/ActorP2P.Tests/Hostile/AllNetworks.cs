namespace ActorP2P.Tests.Hostile;

/// <summary>The rows of a theory that runs on every network.</summary>
public sealed class AllNetworks : TheoryData<Network>
{
    public AllNetworks()
    {
        foreach (Network network in Enum.GetValues<Network>())
        {
            Add(network);
        }
    }
}
