using ActorP2P.Protocol;

namespace ActorP2P.Simulation.Tests;

/// <summary>Breaks what a node says.</summary>
internal interface IPlantedFault
{
    /// <summary>
    /// Where the counting of a fault that happens once in so many times begins, so that each seed meets it at another
    /// place.
    /// </summary>
    static int FirstOf(ulong seed, int oneIn) =>
        new SimulatedWorld(seed).CreateRandom(SimulatedWorld.DriverNode, 0, "planted").Next(oneIn);

    /// <summary>What goes out instead of a frame.</summary>
    /// <param name="from">The node.</param>
    /// <param name="connection">An object that stands for the connection.</param>
    /// <param name="header">The frame's header.</param>
    /// <param name="frame">The whole frame.</param>
    IEnumerable<byte[]> Replace(string from, object connection, FrameHeader header, byte[] frame);

    /// <summary>The node has bounded what the system buffers toward the peer.</summary>
    void OnBounded(string from, TimeSpan roundTrip)
    {
    }
}
