using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The times and bounds of a session. Sizes are bytes.</summary>
public sealed record SessionSettings
{
    /// <summary>The longest frame payload, and so the size of a fragment. 64 KiB: large enough for full speed, small enough
    /// that a ping waits for one fragment only.</summary>
    public const int MaxFragment = 64 * 1024;

    /// <summary>The smallest window a hello may grant: one full frame must fit, or a sender could wait for ever.</summary>
    public const int MinCreditWindow = MaxFragment + CreditBook.PerMessage;

    /// <summary>Requests that may be open before the other side's hello is read; no hello may announce fewer.</summary>
    public const int MinRequests = 16;

    /// <summary>The longest body of a request sent before the other side's hello is read: it fits the credit that needs no grant.</summary>
    public const int MaxEarlyRequest = CreditBook.Initial - CreditBook.PerMessage;

    /// <summary>The least that a node must be ready to take as one message: whatever fits a frame.</summary>
    public const int MinMaxMessage = MaxFragment;

    /// <summary>The time from connection to <see cref="SessionState.Ready"/>. Floresta's value.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time from connection to the hello while more than half of the slots for handshakes are taken. Twice the longest round
    /// trip that most connections ever see.
    /// </summary>
    public TimeSpan CrowdedHelloTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Silence after which a ping is sent. Floresta's value.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time a ping may stay unanswered. Floresta's value.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time that a goodbye gives to drain what is queued on both sides.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time for a refused peer to read why before the connection is cut.</summary>
    public TimeSpan RefusalTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The time that queued bytes may wait without the kernel taking any.</summary>
    public TimeSpan NoProgressTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time in which something more of a message in fragments must come, unless this node itself withholds the credit; then the
    /// message is given up. As long as a ping may stay unanswered.
    /// </summary>
    public TimeSpan FragmentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time in which a peer must let a frame through of what waits for it, by its credit and by its reading. As long as the silence
    /// before a ping: a handler may take its time, but whoever waits for it must not wait for ever.
    /// </summary>
    public TimeSpan CreditTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest message taken, reassembled. 32 MiB: twice the largest block any chain is known to relay.</summary>
    public int MaxMessage { get; init; } = 32 * 1024 * 1024;

    /// <summary>The window granted in each class at first.</summary>
    public int CreditWindow { get; init; } = 256 * 1024;

    /// <summary>
    /// What a window may grow to where bandwidth × delay asks for it and the node's memory allows. 16 MiB, yamux's value: a
    /// gigabit over 130 ms.
    /// </summary>
    public int MaxCreditWindow { get; init; } = 16 * 1024 * 1024;

    /// <summary>Requests that the other side may have open here at a time.</summary>
    public int MaxRequests { get; init; } = 256;

    /// <summary>
    /// Bytes that may wait to be sent in a lane and the more urgent ones; a message that starts below the bound may exceed it.
    /// </summary>
    public int MaxQueued { get; init; } = 1024 * 1024;

    /// <summary>Fragmented messages open in one lane. Four: one for each class.</summary>
    public int MaxOpenFragmented { get; init; } = 4;

    /// <summary>Pongs that may wait to be sent; pings beyond are not answered.</summary>
    public int MaxQueuedPongs { get; init; } = 8;

    /// <summary>Control frames that may wait to be sent before the session is given up. Twice the requests in flight.</summary>
    public int MaxQueuedControl { get; init; } = 512;

    /// <summary>Checks that the values agree with each other.</summary>
    /// <exception cref="ArgumentException">One does not; the message names it, its value and what is allowed.</exception>
    public SessionSettings Validated()
    {
        WaitTime.Require(HandshakeTimeout, nameof(HandshakeTimeout));
        WaitTime.Require(CrowdedHelloTimeout, nameof(CrowdedHelloTimeout));
        WaitTime.Require(PingAfter, nameof(PingAfter));
        WaitTime.Require(PongTimeout, nameof(PongTimeout));
        WaitTime.Require(DrainTimeout, nameof(DrainTimeout));
        WaitTime.Require(RefusalTimeout, nameof(RefusalTimeout));
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
        Require(MaxQueued >= 1, nameof(MaxQueued), MaxQueued, "1 byte or more");
        Require(MaxOpenFragmented is >= 4 and <= 64, nameof(MaxOpenFragmented), MaxOpenFragmented, "4 (one for each class) to 64");
        Require(MaxQueuedPongs >= 1, nameof(MaxQueuedPongs), MaxQueuedPongs, "1 or more");
        Require(MaxQueuedControl >= 16, nameof(MaxQueuedControl), MaxQueuedControl, "16 or more");
        return this;
    }

    private static void Require<T>(bool holds, string name, T value, string allowed)
    {
        if (!holds)
        {
            throw new ArgumentException($"{name} is {value}; allowed: {allowed}.", name);
        }
    }
}
