using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>Changes what a node sends.</summary>
internal interface IPlantedFault
{
    /// <summary>
    /// The start of the count of a fault that happens once in a fixed number of times. It differs between seeds, so
    /// that each meets the fault at another place.
    /// </summary>
    static int FirstOf(ulong seed, int oneIn) =>
        new SimulatedWorld(seed).CreateRandom(SimulatedWorld.DriverNode, 0, "planted").Next(oneIn);

    /// <summary>Returns what is sent in place of a frame.</summary>
    /// <param name="from">The node.</param>
    /// <param name="connection">An object that identifies the connection.</param>
    /// <param name="header">The frame's header.</param>
    /// <param name="frame">The whole frame.</param>
    IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame);

    /// <summary>Called when the node has limited what the system buffers toward the peer.</summary>
    void OnBounded(string from, TimeSpan roundTrip)
    {
    }
}
