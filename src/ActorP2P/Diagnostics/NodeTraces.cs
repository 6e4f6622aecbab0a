using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// The spans of asks, tells and broadcasts, of the source <c>ActorP2P</c>. While nobody listens there are none,
/// nothing of them is sent, and what came of them is not looked at. Their times are the node's.
/// </summary>
internal static class NodeTraces
{
    private const string SourceName = "ActorP2P";

    private static readonly ActivitySource s_source = new(SourceName);

    /// <summary>Begins the span of an ask, as a child of the caller's span.</summary>
    /// <returns>The span; null when nobody listens or the listener does not sample it.</returns>
    public static Activity? BeginAsk(Peer peer, IMessage request) =>
        s_source.HasListeners()
            ? Begin("ask", peer.Owner, peer, request.MessageType, request, ActivityKind.Client, parent: default)
            : null;

    /// <summary>Begins the span of a tell, below the caller's.</summary>
    /// <returns>Null when nobody listens, or wants this one.</returns>
    public static Activity? BeginTell(Peer peer, IMessage message) =>
        s_source.HasListeners()
            ? Begin("tell", peer.Owner, peer, message.MessageType, message, ActivityKind.Producer, parent: default)
            : null;

    /// <summary>Begins the span of a broadcast, below the caller's.</summary>
    /// <returns>Null when nobody listens, or wants this one.</returns>
    public static Activity? BeginBroadcast(NodeContext node, IMessage message) =>
        s_source.HasListeners()
            ? Begin("broadcast", node, null, message.MessageType, message, ActivityKind.Producer, parent: default)
            : null;

    /// <summary>The headers of a message, copied for its span; null when nobody listens.</summary>
    public static byte[]? Keep(ReadOnlySpan<byte> headers) => s_source.HasListeners() ? headers.ToArray() : null;

    /// <summary>Begins the span of a message that is handled here, below the sender's.</summary>
    /// <param name="kind">Request, notify or broadcast.</param>
    /// <param name="peer">The sender; of a broadcast, who has passed it on.</param>
    /// <param name="type">The type of the message, by this node's numbers.</param>
    /// <param name="message">The message.</param>
    /// <param name="headers">The headers of the message, if they have a trace.</param>
    /// <returns>Null when nobody listens, or wants this one.</returns>
    public static Activity? BeginHandler(
        FrameKind kind, Peer peer, ushort type, object message, ReadOnlySpan<byte> headers)
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
        ActivityKind role = kind == FrameKind.Request ? ActivityKind.Server : ActivityKind.Consumer;
        return Begin("handle", peer.Owner, peer, type, message, role, parent);
    }

    /// <summary>A span as the headers of its message; null when there is none.</summary>
    [return: NotNullIfNotNull(nameof(span))]
    public static byte[]? HeadersOf(Activity? span)
    {
        if (span is null)
        {
            return null;
        }

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

    /// <summary>Awaits the task that a span is about, and ends the span.</summary>
    public static async Task EndWithAsync(Activity span, NodeContext node, Task task)
    {
        string? failure = "Cancelled";
        try
        {
            await task;
            failure = null;
        }
        catch (SendException unsent)
        {
            failure = unsent.Reason.ToString();
            throw;
        }
        finally
        {
            End(span, node, failure);
        }
    }

    private static Activity? Begin(
        string verb,
        NodeContext node,
        Peer? peer,
        ushort type,
        object message,
        ActivityKind kind,
        ActivityContext parent)
    {
        Activity? before = Activity.Current;
        Activity? span = s_source.StartActivity(
            $"{verb} {message.GetType().Name}", kind, parent, startTime: node.TimeProvider.GetUtcNow());
        Activity.Current = before;
        if (span is { IsAllDataRequested: true })
        {
            span.SetTag(NodeMeter.NodeTag, node.Metrics.Tag.Value);
            span.SetTag("actorp2p.message.type", type.ToString("x4", CultureInfo.InvariantCulture));
            if (peer is not null)
            {
                span.SetTag("network.peer.address", peer.Address.Host);
                span.SetTag("network.peer.port", peer.Address.Port);
            }
        }

        return span;
    }
}
