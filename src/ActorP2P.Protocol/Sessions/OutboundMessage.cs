namespace ActorP2P.Protocol;

/// <summary>
/// A message to send to one peer: an encoded body, possibly shared with other peers, and how much of it has been sent.
/// A message is in one queue at a time.
/// </summary>
internal sealed class OutboundMessage
{
    /// <summary>Makes a message to send.</summary>
    /// <param name="kind">Request, response, error, notify or broadcast.</param>
    /// <param name="type">The application's message type.</param>
    /// <param name="id">The request id. For a notify or a broadcast the session assigns an id instead.</param>
    /// <param name="lane">High, normal or bulk.</param>
    /// <param name="body">The encoded message.</param>
    /// <param name="owner">
    /// The buffer that contains the body, retained for this message. It is released when the message is sent or
    /// dropped.
    /// </param>
    /// <exception cref="ArgumentException">The message breaks the protocol.</exception>
    public OutboundMessage(
        FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        Fill(kind, type, id, lane, body, owner);
    }

    /// <summary>Makes the turn of a stream in its lane.</summary>
    internal OutboundMessage(StreamState stream, Lane lane)
    {
        Stream = stream;
        Kind = FrameKind.StreamData;
        Lane = lane;
    }

    /// <summary>Makes an empty message for the pool.</summary>
    internal OutboundMessage()
    {
    }

    /// <summary>The kind of the frames that carry the message.</summary>
    public FrameKind Kind { get; private set; }

    /// <summary>The application's message type.</summary>
    public ushort Type { get; private set; }

    /// <summary>The request id, or the per-link counter of a notify or broadcast.</summary>
    public ulong Id { get; internal set; }

    /// <summary>The lane it waits in.</summary>
    public Lane Lane { get; private set; }

    /// <summary>The encoded message.</summary>
    public ReadOnlyMemory<byte> Body { get; private set; }

    /// <summary>The buffer that contains the body.</summary>
    public SharedBuffer? Owner { get; private set; }

    /// <summary>The class whose credit it uses.</summary>
    public CreditClass Class { get; private set; }

    /// <summary>
    /// When the message expires; null for never. A message whose sending has begun is sent in full.
    /// </summary>
    public TimeSpan? Expires { get; internal set; }

    /// <summary>
    /// The trace that it is part of, as headers (<see cref="TaggedHeaders.EncodeTrace"/>); null for none.
    /// </summary>
    public byte[]? Trace { get; internal set; }

    /// <summary>The stream whose turn it is; null for a message.</summary>
    internal StreamState? Stream { get; }

    /// <summary>The queue of its lane: that of its class, or the one of the streams.</summary>
    internal int Queue => Stream is null ? (int)Class : CreditBook.Classes;

    /// <summary>Whether headers precede it.</summary>
    internal bool IsTagged => Expires is not null || Trace is not null;

    /// <summary>Bytes of the body already sent.</summary>
    internal int Sent { get; set; }

    /// <summary>Whether the receiver has asked to hold the rest until it has room.</summary>
    internal bool IsHeld { get; set; }

    /// <summary>
    /// Whether it shares its buffer with other peers, so that the buffer itself is charged to the node.
    /// </summary>
    internal bool IsCommon { get; set; }

    /// <summary>The next message of the same lane and class.</summary>
    internal OutboundMessage? Next { get; set; }

    /// <summary>Whether it belongs to the session's pool.</summary>
    internal bool IsPooled { get; init; }

    /// <summary>The bytes that it counts for in the send queue.</summary>
    internal int Weight => Body.Length + CreditBook.PerMessage;

    /// <summary>Fills a message from the pool.</summary>
    internal void Fill(FrameKind kind, ushort type, ulong id, Lane lane, ReadOnlyMemory<byte> body, SharedBuffer? owner)
    {
        if (!CreditBook.TryClassOf(kind, out CreditClass creditClass))
        {
            throw new ArgumentOutOfRangeException(nameof(kind), kind, "Only kinds that carry messages can be queued.");
        }

        if (lane is not (Lane.High or Lane.Normal or Lane.Bulk))
        {
            throw new ArgumentOutOfRangeException(
                nameof(lane), lane, "Messages travel in the lanes high, normal and bulk.");
        }

        if (FaultOf(kind, type, body) is { } fault)
        {
            throw new ArgumentException(fault, nameof(body));
        }

        Kind = kind;
        Type = type;
        Id = id;
        Lane = lane;
        Body = body;
        Owner = owner;
        Class = creditClass;
        Sent = 0;
        IsHeld = false;
        Expires = null;
        Trace = null;
    }

    /// <summary>Forgets the body, whose hold has passed to another owner.</summary>
    internal void Empty()
    {
        Body = default;
        Owner = null;
    }

    /// <summary>The rule of the protocol that a message would break; null when it breaks none.</summary>
    private static string? FaultOf(FrameKind kind, ushort type, ReadOnlyMemory<byte> body) => kind switch
    {
        FrameKind.Error when type != 0 => "An error has no message type; its code is in the body.",
        FrameKind.Error when body.Length is < sizeof(ushort) or > sizeof(ushort) + CodedText.MaxText =>
            "An error's body is a code and a short text.",
        FrameKind.Broadcast when body.Length < BroadcastHead.Size => "A broadcast's body begins with its head.",
        FrameKind.Broadcast when BroadcastHead.Read(body.Span).Hops is 0 or > BroadcastHead.HopLimit =>
            $"A broadcast travels 1 to {BroadcastHead.HopLimit} hops; at the limit it is not relayed.",
        _ => null,
    };
}
