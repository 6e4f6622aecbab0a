using ActorP2P.Protocol;
using static ActorP2P.Protocol.SettingCheck;

namespace ActorP2P;

/// <summary>The times and bounds of a session. Sizes are bytes.</summary>
public sealed record SessionSettings
{
    /// <summary>
    /// The longest frame payload, and so the size of a fragment. 64 KiB is large enough for full speed and small enough
    /// that a ping waits for one fragment only.
    /// </summary>
    public const int MaxFragment = 64 * 1024;

    /// <summary>
    /// The smallest window that a hello may grant. One full frame must fit, or a sender could wait for ever.
    /// </summary>
    public const int MinCreditWindow = MaxFragment + CreditBook.PerMessage;

    /// <summary>The smallest window of a stream that a hello may grant: a memory page or two.</summary>
    public const int MinStreamWindow = 8 * 1024;

    /// <summary>Bytes that may be written on a stream ahead of the frames that are sent: two frames.</summary>
    internal const int StreamBuffer = 2 * MaxFragment;

    /// <summary>Requests that may be open before the other side's hello is read. No hello may announce fewer.</summary>
    public const int MinRequests = 16;

    /// <summary>
    /// The longest body of a request that is sent before the other side's hello is read. It fits the initial credit.
    /// </summary>
    public const int MaxEarlyRequest = CreditBook.Initial - CreditBook.PerMessage;

    /// <summary>The smallest message limit that a node may announce: one full frame.</summary>
    public const int MinMaxMessage = MaxFragment;

    /// <summary>
    /// The time that a refused peer has to read the reason before the connection is cut: a few round trips around the
    /// world.
    /// </summary>
    public static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The time from connection to <see cref="SessionState.Ready"/>. Floresta's value.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a ping is sent. Floresta's value.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a ping may stay unanswered. Floresta's value.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The least time that a ping may stay unanswered. If it is shorter than <see cref="PongTimeout"/>, the limit
    /// follows the round trip: it is eight times the time in which an answer is to be expected (the smoothed round trip
    /// plus four times its variation, RFC 6298), within these two bounds. The default is not shorter, so that the limit
    /// is <see cref="PongTimeout"/>.
    /// </summary>
    public TimeSpan LeastPongTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long both sides may take after a goodbye to drain what is queued.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long queued bytes may wait while the operating system takes none.</summary>
    public TimeSpan NoProgressTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long the next fragment of a message may take before the message is given up. The time does not count
    /// while this node itself withholds the credit. The default is as long as a ping may stay unanswered.
    /// </summary>
    public TimeSpan FragmentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long messages may wait without the peer taking a frame of them, because it grants no credit or does not
    /// read. The default is as long as the silence before a ping: its handlers may be slow, but senders must not wait
    /// for ever.
    /// </summary>
    public TimeSpan CreditTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest message accepted, reassembled. 32 MiB is twice the largest block that any chain is known to relay.
    /// </summary>
    public int MaxMessage { get; init; } = 32 * 1024 * 1024;

    /// <summary>The window that is granted in each class at first.</summary>
    public int CreditWindow { get; init; } = 256 * 1024;

    /// <summary>
    /// The largest size to which a window grows when bandwidth × delay needs it and the node's memory allows it. 16
    /// MiB, yamux's value, suits a gigabit over 130 ms.
    /// </summary>
    public int MaxCreditWindow { get; init; } = 16 * 1024 * 1024;

    /// <summary>Requests that the other side may have open here at a time.</summary>
    public int MaxRequests { get; init; } = 256;

    /// <summary>Streams that the other side may have open here at a time; 0: the node offers no streams.</summary>
    public int MaxStreams { get; init; } = 64;

    /// <summary>
    /// Bytes that the other side may send on a stream before any is read. The window of a stream that is read as fast
    /// as it arrives grows like a credit window; all windows of a connection together grow by at most
    /// <see cref="MaxCreditWindow"/>. 64 KiB is HTTP/2's value.
    /// </summary>
    public int StreamWindow { get; init; } = 64 * 1024;

    /// <summary>
    /// Bytes that may wait to be sent in a lane and the more urgent ones. A message that is queued below the bound may
    /// exceed it.
    /// </summary>
    public int MaxQueued { get; init; } = 1024 * 1024;

    /// <summary>Checks that the values are valid and agree with each other.</summary>
    /// <exception cref="ArgumentException">
    /// A value is not; the message names it, the value and what is allowed.
    /// </exception>
    public SessionSettings Validated()
    {
        WaitTime.Require(HandshakeTimeout, nameof(HandshakeTimeout));
        WaitTime.Require(PingAfter, nameof(PingAfter));
        WaitTime.Require(PongTimeout, nameof(PongTimeout));
        WaitTime.Require(LeastPongTimeout, nameof(LeastPongTimeout));
        WaitTime.Require(DrainTimeout, nameof(DrainTimeout));
        WaitTime.Require(NoProgressTimeout, nameof(NoProgressTimeout));
        WaitTime.Require(FragmentTimeout, nameof(FragmentTimeout));
        WaitTime.Require(CreditTimeout, nameof(CreditTimeout));
        Require(MaxMessage is >= MinMaxMessage and <= 1 << 30, nameof(MaxMessage), MaxMessage,
            $"{MinMaxMessage} bytes (one full frame) to 1 GiB");
        Require(CreditWindow is >= MinCreditWindow and <= 1 << 30, nameof(CreditWindow), CreditWindow,
            $"{MinCreditWindow} bytes (one full frame) to 1 GiB");
        Require(MaxCreditWindow >= CreditWindow && MaxCreditWindow <= 1 << 30, nameof(MaxCreditWindow), MaxCreditWindow,
            $"at least the first window, {CreditWindow}, to 1 GiB");
        Require(MaxRequests >= MinRequests, nameof(MaxRequests), MaxRequests, $"{MinRequests} or more");
        Require(MaxStreams is >= 0 and <= 65_536, nameof(MaxStreams), MaxStreams, "0 (no streams) to 65,536");
        Require(StreamWindow is >= MinStreamWindow and <= 1 << 30, nameof(StreamWindow), StreamWindow,
            $"{MinStreamWindow} bytes to 1 GiB");
        Require(MaxQueued >= 1, nameof(MaxQueued), MaxQueued, "1 byte or more");
        return this;
    }
}
