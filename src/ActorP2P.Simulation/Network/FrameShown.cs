namespace ActorP2P.Simulation;

/// <summary>Takes a frame that a host has sent completely.</summary>
/// <param name="source">The number of the node that sent it.</param>
/// <param name="destination">The number of the node that it is sent to.</param>
/// <param name="frame">The frame.</param>
internal delegate void FrameShown(int source, int destination, in WireFrame frame);
