namespace ActorP2P.Simulation;

/// <summary>
/// Brings messages from one part of a world to the others, whole and in order. Parts have the numbers from 0 on.
/// </summary>
internal interface IWindowTransport
{
    /// <summary>Sends a message. Its memory may be used again after the call.</summary>
    /// <param name="part">The part that it goes to.</param>
    /// <param name="message">The message.</param>
    /// <exception cref="IOException">That part is lost.</exception>
    void Send(int part, ReadOnlyMemory<byte> message);

    /// <summary>Waits for the next message of a part.</summary>
    /// <exception cref="IOException">That part is lost.</exception>
    ReadOnlyMemory<byte> Receive(int part);
}
