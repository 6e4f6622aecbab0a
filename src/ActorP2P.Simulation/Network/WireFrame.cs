using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>A complete frame that a host has sent on the simulated network.</summary>
/// <param name="At">Virtual time.</param>
/// <param name="Connection">The connection's number, unique in the run.</param>
/// <param name="Source">The host that sent it.</param>
/// <param name="Destination">The host that it is sent to.</param>
/// <param name="IsFromInitiator">Whether the sender dialled the connection.</param>
/// <param name="BeginsMessage">
/// Whether it is a message's first frame: the whole message, or the first of its fragments.
/// </param>
/// <param name="Header">Its header.</param>
/// <param name="PayloadStart">
/// The first bytes of its payload, at most 64; valid only during the call that shows the frame.
/// </param>
public readonly record struct WireFrame(
    TimeSpan At,
    long Connection,
    string Source,
    string Destination,
    bool IsFromInitiator,
    bool BeginsMessage,
    FrameHeader Header,
    ReadOnlyMemory<byte> PayloadStart)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"#{Connection} {Source} > {Destination} {Header.Kind} {Header.Id:x} {Header.Lane} {Header.Length} bytes";
}
