namespace ActorP2P.Simulation;

/// <summary>The figures of one node at the end of a run, before it stops.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Group">The name of its group.</param>
/// <param name="Region">The name of its region; empty without regions.</param>
/// <param name="Lives">How often it was started.</param>
/// <param name="Links">Its peers.</param>
/// <param name="BytesSent">The bytes that it sent in all its lives.</param>
/// <param name="Copies">The copies of a broadcast that it received on average in its last life; 0 without any.</param>
public sealed record NodeFigures(
    string Name, string Group, string Region, int Lives, int Links, long BytesSent, double Copies);
