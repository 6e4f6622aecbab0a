using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>The times and bounds of a session. Sizes are bytes.</summary>
public sealed record SessionSettings
{
    /// <summary>
    /// The longest frame payload, and so the size of a fragment. 64 KiB: large enough for full speed, small enough that
    /// a ping waits for one fragment only.
    /// </summary>
    public const int MaxFragment = 64 * 1024;

    /// <summary>
    /// The smallest window a hello may grant: one full frame must fit, or a sender could wait for ever.
    /// </summary>
    public const int MinCreditWindow = MaxFragment + CreditBook.PerMessage;

    /// <summary>Requests that may be open before the other side's hello is read; no hello may announce fewer.</summary>
    public const int MinRequests = 16;

    /// <summary>
    /// The longest body of a request sent before the other side's hello is read: it fits the credit that needs no
    /// grant.
    /// </summary>
    public const int MaxEarlyRequest = CreditBook.Initial - CreditBook.PerMessage;

    /// <summary>The shortest limit of messages that a node may announce: one full frame.</summary>
    public const int MinMaxMessage = MaxFragment;

    /// <summary>
    /// The time for a refused peer to read why before the connection is cut: some round trips round the world.
    /// </summary>
    public static readonly TimeSpan RefusalTimeout = TimeSpan.FromSeconds(2);

    /// <summary>The time from connection to <see cref="SessionState.Ready"/>. Floresta's value.</summary>
    public TimeSpan HandshakeTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Silence after which a ping is sent. Floresta's value.</summary>
    public TimeSpan PingAfter { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The time a ping may stay unanswered. Floresta's value.</summary>
    public TimeSpan PongTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The time that a goodbye gives to drain what is queued on both sides.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The time that queued bytes may wait without the kernel taking any.</summary>
    public TimeSpan NoProgressTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The time in which the next fragment of a message must come, unless this node itself withholds the credit; then
    /// the message is given up. As long as a ping may stay unanswered.
    /// </summary>
    public TimeSpan FragmentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The time in which a peer must take a frame of the messages that wait for it: grant the credit, and read. As long
    /// as the silence before a ping: its handlers may be slow, but senders must not wait for ever.
    /// </summary>
    public TimeSpan CreditTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The longest message taken, reassembled. 32 MiB: twice the largest block any chain is known to relay.
    /// </summary>
    public int MaxMessage { get; init; } = 32 * 1024 * 1024;

    /// <summary>The window granted in each class at first.</summary>
    public int CreditWindow { get; init; } = 256 * 1024;

    /// <summary>
    /// What a window may grow to where bandwidth × delay asks for it and the node's memory allows. 16 MiB, yamux's
    /// value: a gigabit over 130 ms.
    /// </summary>
    public int MaxCreditWindow { get; init; } = 16 * 1024 * 1024;

    /// <summary>Requests that the other side may have open here at a time.</summary>
    public int MaxRequests { get; init; } = 256;

    /// <summary>
    /// Bytes that may wait to be sent in a lane and the more urgent ones; a message that starts below the bound may
    /// exceed it.
    /// </summary>
    public int MaxQueued { get; init; } = 1024 * 1024;

    /// <summary>Checks that the values agree with each other.</summary>
    /// <exception cref="ArgumentException">
    /// One does not; the message names it, its value and what is allowed.
    /// </exception>
    public SessionSettings Validated()
    {
        WaitTime.Require(HandshakeTimeout, nameof(HandshakeTimeout));
        WaitTime.Require(PingAfter, nameof(PingAfter));
        WaitTime.Require(PongTimeout, nameof(PongTimeout));
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
        Require(MaxQueued >= 1, nameof(MaxQueued), MaxQueued, "1 byte or more");
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
