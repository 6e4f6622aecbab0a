using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A real node that has started.</summary>
/// <param name="Number">Its number in the scenario.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Id">Its id.</param>
internal sealed record RealAddress(int Number, string Address, string Id)
{
    public PeerAddress Parse() => PeerAddress.Parse(Address);
}
