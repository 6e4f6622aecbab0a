using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// Checks that within a lane of a connection notifies and broadcasts begin in the order of their numbers.
/// </summary>
public sealed class LaneOrder : Checker
{
    private readonly Dictionary<(long Connection, bool FromInitiator, Lane Lane, FrameKind Kind), ulong> _last = [];

    /// <inheritdoc/>
    protected internal override void OnFrame(in WireFrame frame)
    {
        if (frame.Header.Kind is not (FrameKind.Notify or FrameKind.Broadcast) || !frame.BeginsMessage)
        {
            return;
        }

        var lane = (frame.Connection, frame.IsFromInitiator, frame.Header.Lane, frame.Header.Kind);
        if (_last.TryGetValue(lane, out ulong last) && frame.Header.Id <= last)
        {
            Fail($"{frame} comes after {last:x}.", frame.Source, frame.Destination);
        }

        _last[lane] = frame.Header.Id;
    }
}
