using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// Checks that no message is sent twice on a connection: no request id, no number of a notify, and no broadcast within
/// ten minutes. Nodes themselves remember broadcasts for two minutes.
/// </summary>
public sealed class NothingTwice : Checker
{
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, SeenNumbers> _messages = [];
    private readonly HashSet<(long Direction, ulong Id)> _requests = [];
    private readonly Dictionary<BroadcastId, HashSet<long>> _broadcasts = [];
    private readonly Queue<(TimeSpan At, BroadcastId Id)> _order = [];

    /// <inheritdoc/>
    protected internal override void OnFrame(in WireFrame frame)
    {
        FrameKind kind = frame.Header.Kind;
        if (kind is not (FrameKind.Request or FrameKind.Notify or FrameKind.Broadcast) || !frame.BeginsMessage)
        {
            return;
        }

        long direction = (2 * frame.Connection) + (frame.IsFromInitiator ? 0 : 1);
        bool isNew = kind == FrameKind.Request
            ? _requests.Add((direction, frame.Header.Id))
            : NumbersOf(direction).Add(frame.Header.Id);
        if (!isNew)
        {
            Fail($"{frame} was sent before.", frame.Source, frame.Destination);
        }

        if (kind == FrameKind.Broadcast && ReadBroadcast(frame) is { } id && !DirectionsOf(id, frame.At).Add(direction))
        {
            Fail($"The broadcast {id} was sent twice: {frame}.", frame.Source, frame.Destination);
        }
    }

    /// <summary>The notifies and broadcasts of one direction of a connection, which have one row of numbers.</summary>
    private SeenNumbers NumbersOf(long direction)
    {
        if (!_messages.TryGetValue(direction, out SeenNumbers? numbers))
        {
            numbers = new SeenNumbers();
            _messages.Add(direction, numbers);
        }

        return numbers;
    }

    /// <summary>The directions of connections in which a broadcast was sent.</summary>
    private HashSet<long> DirectionsOf(BroadcastId id, TimeSpan now)
    {
        if (!_broadcasts.TryGetValue(id, out HashSet<long>? directions))
        {
            while (_order.TryPeek(out (TimeSpan At, BroadcastId Id) oldest) && oldest.At < now - s_remembered)
            {
                _broadcasts.Remove(_order.Dequeue().Id);
            }

            directions = [];
            _broadcasts.Add(id, directions);
            _order.Enqueue((now, id));
        }

        return directions;
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
