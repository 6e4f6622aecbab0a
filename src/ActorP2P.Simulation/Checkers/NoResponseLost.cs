using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// Checks that no answer is lost on a living connection: if the asked node answers at once, the ask is answered
/// or its connection ends. It also checks that each answer sent belongs to one request and is sent once.
/// </summary>
public sealed class NoResponseLost : Checker
{
    private readonly HashSet<(long Connection, bool FromInitiator, ulong Id)> _asked = [];

    /// <inheritdoc/>
    protected internal override void OnAskFailed(ClusterNode node, ClusterAsk ask)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(node);
        bool lives = node.IsUp && node.Node.Peers.Any(peer => peer.ConnectionId == ask.Peer.ConnectionId);
        if (ask.MustBeAnswered && lives && ask.Failure is AskException { Reason: AskFailure.TimedOut })
        {
            Fail($"{ask} was not answered although its connection lives.", ask.Asker, ask.Peer.Address.Host);
        }
    }

    /// <inheritdoc/>
    protected internal override void OnFrame(in WireFrame frame)
    {
        if (!frame.BeginsMessage)
        {
            return;
        }

        if (frame.Header.Kind == FrameKind.Request)
        {
            _asked.Add((frame.Connection, frame.IsFromInitiator, frame.Header.Id));
        }
        else if (frame.Header.Kind is FrameKind.Response or FrameKind.Error
            && !_asked.Remove((frame.Connection, !frame.IsFromInitiator, frame.Header.Id)))
        {
            Fail($"{frame} answers no open request.", frame.Source, frame.Destination);
        }
    }
}
