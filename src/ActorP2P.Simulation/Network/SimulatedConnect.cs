namespace ActorP2P.Simulation;

/// <summary>What the packets of a connect carry beside the number of the connection.</summary>
/// <param name="FromPort">The port of the dialler.</param>
/// <param name="ToPort">The port that it dials.</param>
/// <param name="IsTaken">Whether a listener takes the connection.</param>
/// <param name="Epoch">The life of the host that has answered.</param>
/// <param name="DiallerWindow">The bytes that the dialler may send unread.</param>
/// <param name="ListenerWindow">The bytes that the listener's end may send unread.</param>
internal sealed record SimulatedConnect(
    int FromPort, int ToPort, bool IsTaken = false, int Epoch = 0, int DiallerWindow = 0, int ListenerWindow = 0);
