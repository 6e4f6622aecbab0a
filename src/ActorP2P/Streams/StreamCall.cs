using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A stream of the peer and the handler to call with it.</summary>
internal sealed class StreamCall(StreamHandler handler, object request, PeerStream stream, ushort type)
    : RunningHandler
{
    /// <inheritdoc/>
    public override HandlerCall Call => new(stream.Context!, type);

    public PeerStream Stream => stream;

    /// <summary>The type of the request, in this node's numbers.</summary>
    public ushort Type => type;

    /// <summary>Calls the handler.</summary>
    public ValueTask Invoke() => handler.Invoke(request, stream, stream.Context!);

    /// <summary>The handler has ended: so does the stream, in the way that the handler's end means.</summary>
    /// <param name="node">The node, which reports a fault.</param>
    /// <param name="fault">What the handler threw; null when it returned.</param>
    public void End(NodeContext node, Exception? fault)
    {
        RequestErrorCode code = fault switch
        {
            null => 0,
            RequestRefusedException refused => (RequestErrorCode)refused.Code,
            OperationCanceledException when stream.Context!.IsCancelled => RequestErrorCode.Unwanted,
            PeerStreamException when stream.HasFailed => RequestErrorCode.Unwanted,
            _ => RequestErrorCode.HandlerFailed,
        };
        if (fault is null)
        {
            stream.EndByItself();
        }
        else
        {
            stream.Abort(code, fault is RequestRefusedException ? fault.Message : code == RequestErrorCode.HandlerFailed
                ? "the handler failed" : "the handler has ended");
        }

        stream.Context!.End(code == 0 ? null : code.ToString());
        if (code == RequestErrorCode.HandlerFailed)
        {
            node.ReportFault(stream.Peer, type, request.GetType().Name, fault!);
        }
    }
}
