using ActorP2P.Protocol;

namespace ActorP2P.Simulation;

/// <summary>
/// No answer is lost on a connection that lives: an ask that whoever was asked answers at once is answered, or its connection
/// ends. And what was written as an answer is the answer to something that was asked, once.
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
            Fail($"{frame} answers nothing that was asked, or again.", frame.Source, frame.Destination);
        }
    }
}
