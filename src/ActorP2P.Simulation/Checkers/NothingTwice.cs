using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// Checks that no message is sent twice on a connection: no request id, no number of a notify, and no broadcast.
/// </summary>
public sealed class NothingTwice : Checker
{
    private readonly HashSet<(long Connection, bool FromInitiator, FrameKind Kind, ulong Id)> _messages = [];
    private readonly HashSet<(long Connection, bool FromInitiator, BroadcastId Id)> _broadcasts = [];

    /// <inheritdoc/>
    protected internal override void OnFrame(in WireFrame frame)
    {
        FrameKind kind = frame.Header.Kind;
        if (kind is not (FrameKind.Request or FrameKind.Notify or FrameKind.Broadcast) || !frame.BeginsMessage)
        {
            return;
        }

        if (!_messages.Add((frame.Connection, frame.IsFromInitiator, kind, frame.Header.Id)))
        {
            Fail($"{frame} was sent before.", frame.Source, frame.Destination);
        }

        if (kind == FrameKind.Broadcast && ReadBroadcast(frame) is { } id
            && !_broadcasts.Add((frame.Connection, frame.IsFromInitiator, id)))
        {
            Fail($"The broadcast {id} was sent twice: {frame}.", frame.Source, frame.Destination);
        }
    }

    private static BroadcastId? ReadBroadcast(in WireFrame frame)
    {
        ReadOnlySpan<byte> start = frame.PayloadStart.Span;
        if ((frame.Header.Flags & FrameFlags.First) != 0)
        {
            start = Varint.TryRead(start, out _, out int size) ? start[size..] : [];
        }

        bool readable = (frame.Header.Flags & FrameFlags.Tagged) == 0 && start.Length >= BroadcastHead.Size;
        return readable ? BroadcastHead.Read(start).Id : null;
    }
}
