using System.Diagnostics;
using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The spans of asks, of the source <c>ActorP2P</c>. While nobody listens, no span is made, no trace headers are sent,
/// and received trace headers are ignored. Times come from the node's clock.
/// </summary>
internal static class NodeTraces
{
    private const string SourceName = "ActorP2P";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>Begins the span of an ask, as a child of the caller's span.</summary>
    /// <returns>The span; null when nobody listens or the listener does not sample it.</returns>
    public static Activity? BeginAsk(Peer peer, IMessage request) =>
        s_source.HasListeners()
            ? Begin(peer, request.MessageType, request, ActivityKind.Client, parent: default)
            : null;

    /// <summary>Copies the headers of a request for its span; null when nobody listens.</summary>
    public static byte[]? Keep(ReadOnlySpan<byte> headers) => s_source.HasListeners() ? headers.ToArray() : null;

    /// <summary>Begins the span of a request that this node handles, as a child of the asker's span.</summary>
    /// <param name="peer">The asker.</param>
    /// <param name="type">The type of the request, in this node's numbers.</param>
    /// <param name="request">The request.</param>
    /// <param name="headers">The headers of the request, which may contain a trace.</param>
    /// <returns>The span; null when nobody listens or the listener does not sample it.</returns>
    public static Activity? BeginHandler(Peer peer, ushort type, object request, ReadOnlySpan<byte> headers)
    {
        if (!s_source.HasListeners())
        {
            return null;
        }

        ActivityContext parent = default;
        if (TaggedHeaders.TryReadTrace(headers, out ReadOnlySpan<byte> context, out string? state)
            && context[..16].ContainsAnyExcept((byte)0) && context[16..24].ContainsAnyExcept((byte)0))
        {
            parent = new ActivityContext(
                ActivityTraceId.CreateFromBytes(context[..16]),
                ActivitySpanId.CreateFromBytes(context[16..24]),
                (ActivityTraceFlags)context[24] & ActivityTraceFlags.Recorded,
                state,
                isRemote: true);
        }

        // A connection's turn belongs to no trace, whatever code woke the actor.
        Activity.Current = null;
        return Begin(peer, type, request, ActivityKind.Server, parent);
    }

    /// <summary>Encodes a span as the headers of its request.</summary>
    public static byte[] HeadersOf(Activity span)
    {
        Span<byte> context = stackalloc byte[TaggedHeaders.TraceContextSize];
        span.TraceId.CopyTo(context[..16]);
        span.SpanId.CopyTo(context[16..24]);
        context[24] = (byte)span.ActivityTraceFlags;
        return TaggedHeaders.EncodeTrace(context, span.TraceStateString);
    }

    /// <summary>Makes a span the current one, because its handler is about to run.</summary>
    public static void Enter(Activity? span)
    {
        if (span is not null)
        {
            Activity.Current = span;
        }
    }

    /// <summary>Clears the current span after a handler has run.</summary>
    public static void Leave() => Activity.Current = null;

    /// <summary>Ends a span.</summary>
    /// <param name="span">The span.</param>
    /// <param name="node">The node whose clock gives the end time.</param>
    /// <param name="failure">The name of the reason why there is no answer; null when there is one.</param>
    public static void End(Activity span, NodeContext node, string? failure)
    {
        if (failure is not null)
        {
            span.SetStatus(ActivityStatusCode.Error, failure);
            span.SetTag(NodeMeter.ErrorTag, failure);
        }

        span.SetEndTime(node.TimeProvider.GetUtcNow().UtcDateTime);

        // Stop makes the parent of the span the current one, but the running code belongs to neither.
        Activity? before = Activity.Current;
        span.Stop();
        Activity.Current = before;
    }

    private static Activity? Begin(Peer peer, ushort type, object request, ActivityKind kind, ActivityContext parent)
    {
        NodeContext node = peer.Owner;
        string name = request.GetType().Name;
        Activity? before = Activity.Current;
        Activity? span = s_source.StartActivity(
            kind == ActivityKind.Client ? $"ask {name}" : $"handle {name}", kind, parent,
            startTime: node.TimeProvider.GetUtcNow());
        Activity.Current = before;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(NodeMeter.NodeTag, node.Metrics.Tag.Value);
            span.SetTag("actorp2p.message.type", type.ToString("x4", CultureInfo.InvariantCulture));
            span.SetTag("network.peer.address", peer.Address.Host);
            span.SetTag("network.peer.port", peer.Address.Port);
        }

        return span;
    }
}
