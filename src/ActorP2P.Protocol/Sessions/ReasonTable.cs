namespace ActorP2P.Protocol;

/// <summary>
/// The one table of consequences of each reason: for dialling, for penalties, and for the page that explains them.
/// </summary>
internal static class ReasonTable
{
    /// <summary>
    /// Points for breaking the protocol. Twenty violations within an hour or two ban an address. An
    /// honest node never breaks the protocol, but many nodes may share an address with one that does.
    /// </summary>
    public const int ViolationPoints = 5;

    /// <summary>
    /// Points for a message that does not parse. Ten end the session; chance alone does not produce so many.
    /// </summary>
    public const int MalformedPoints = 10;

    /// <summary>Points for a broadcast that is invalid by shared rules, charged at most once an hour.</summary>
    public const int RejectedPoints = 10;

    /// <summary>Points for a wrong login. Five end the session; who has the file is never wrong.</summary>
    public const int WrongLoginPoints = 20;

    private static readonly Dictionary<DisconnectReason, ReasonRule> s_rules = new ReasonRule[]
    {
        Decided(DisconnectReason.ShuttingDown, Redial.Soon, "The node is shutting down."),
        Decided(DisconnectReason.ApplicationClosed, Redial.Soon, "The application closed the connection."),
        Decided(DisconnectReason.TooManyConnections, Redial.Soon, "The node has no free slot."),
        Decided(DisconnectReason.DuplicateConnection, Redial.Soon, "Another connection to the same node is kept."),
        Decided(DisconnectReason.SelfConnection, Redial.Never, "The node dialled itself."),
        Decided(DisconnectReason.WrongNetwork, Redial.Late, "The other side belongs to another network."),
        Decided(DisconnectReason.UnsupportedVersion, Redial.Late, "No protocol version in common."),
        Decided(DisconnectReason.Banned, Redial.Late, "The other side's address or identity is banned."),
        Decided(DisconnectReason.HandshakeTimeout, Redial.Soon, "The handshake was not complete in time."),
        Decided(DisconnectReason.PingTimeout, Redial.Soon, "A ping was not answered in time."),
        Decided(DisconnectReason.SlowReader, Redial.Soon, "Data waited, and the other side read nothing for too long."),
        Decided(DisconnectReason.Penalised, Redial.Late, "Too many penalty points."),
        Decided(DisconnectReason.NoCredit, Redial.Soon,
            "Messages waited, and the other side granted no credit for too long."),
        Decided(DisconnectReason.MemoryShort, Redial.Soon,
            "The node's memory was short, and the other side used the most of it."),
        Decided(DisconnectReason.WrongNode, Redial.Late,
            "Another node answers than was dialled, or the other side claims an id whose key it does not have."),
        Decided(DisconnectReason.NotAdmitted, Redial.Late,
            "The node's access rules or its program do not admit the other side, "
            + "or it does not know the network's secret."),
        Decided(DisconnectReason.NotThisProtocol, Redial.Late, "The first bytes are not a hello of this protocol."),
        Violation(DisconnectReason.UnexpectedFrame,
            "A frame that does not belong in the session's state: before the hello, or a second hello."),
        Violation(DisconnectReason.InvalidHello, "A hello that does not parse, or has a value that is not allowed."),
        Violation(DisconnectReason.FrameTooLong, "A frame longer than the limit."),
        Violation(DisconnectReason.UnknownKind, "An unknown frame kind."),
        Violation(DisconnectReason.InvalidFlags, "A reserved flag, or a flag that the kind of frame must not have."),
        Violation(DisconnectReason.InvalidLength, "A length that the kind of frame does not allow."),
        Violation(DisconnectReason.MalformedFrame,
            "A type or id that the kind must not have, or a session frame whose payload does not parse."),
        Violation(DisconnectReason.MalformedHeaders, "Tagged headers that do not parse."),
        Violation(DisconnectReason.FragmentOutOfPlace,
            "A fragment of a message that was never begun, or a second beginning."),
        Violation(DisconnectReason.FragmentTotalMismatch,
            "Fragments that carry more, or end with less, than the total their first one declared."),
        Violation(DisconnectReason.TooManyFragmentedMessages, "More fragmented messages open in a lane than allowed."),
        Violation(DisconnectReason.CreditExceeded, "More bytes in a class than credit was granted for."),
        Violation(DisconnectReason.TooManyRequests, "More requests open than the limit that was announced."),
        Violation(DisconnectReason.DuplicateRequestId, "A request id that is already open."),
        Violation(DisconnectReason.BroadcastIdMismatch, "A broadcast whose id is not the hash of its content."),
        Violation(DisconnectReason.HopLimitExceeded, "A broadcast that travelled further than the hop limit."),
        Violation(DisconnectReason.NotNegotiated, "A kind that needs a feature which this session did not negotiate."),
        Violation(DisconnectReason.ControlOverflow, "The other side causes more control frames than it reads."),
        Violation(DisconnectReason.MessageTooLong, "A message longer than the limit announced in hello."),
        Violation(DisconnectReason.BroadcastNotOffered, "More dropped broadcasts asked for than were announced."),
        Violation(DisconnectReason.TooManyUpdates, "More updates of the other side's hello than allowed."),
        Violation(DisconnectReason.BroadcastNotSigned, "A signed broadcast whose author has not signed it."),
        Violation(DisconnectReason.TooManyControlFrames,
            "More frames that need no credit than the messages of both sides account for."),
        Violation(DisconnectReason.StreamOutOfPlace,
            "A frame of a stream that was never opened, that has ended, or that was opened before."),
        Violation(DisconnectReason.TooManyStreams, "More streams open than the limit that was announced."),
        new(DisconnectReason.OtherReason, DisconnectSide.Remote, Redial.Soon, 0,
            "From the other side: a reason this version does not know; the detail has its code."),
        Broken(DisconnectReason.ConnectionLost, "The stream ended without a goodbye."),
        Broken(DisconnectReason.ConnectionReset, "The connection was reset."),
        Broken(DisconnectReason.TransportFailed, "The transport failed in another way; the detail says how."),
        Decided(DisconnectReason.DrainTimeout, Redial.Soon,
            "What was queued could not be delivered before the deadline of a graceful end."),
        Decided(DisconnectReason.InternalError, Redial.Soon, "An internal fault of this node."),
        new(DisconnectReason.EncryptionFailed, DisconnectSide.Transport, Redial.Late, 0,
            "The two sides could not agree on an encrypted connection; the detail says why."),
    }.ToDictionary(rule => rule.Reason);

    /// <summary>All rules, in the order of their codes.</summary>
    public static IEnumerable<ReasonRule> All => s_rules.Values;

    /// <summary>What follows from a reason.</summary>
    public static ReasonRule Of(DisconnectReason reason) => s_rules[reason];

    private static ReasonRule Decided(DisconnectReason reason, Redial redial, string text) =>
        new(reason, DisconnectSide.Local, redial, 0, text);

    private static ReasonRule Violation(DisconnectReason reason, string text) =>
        new(reason, DisconnectSide.Local, Redial.Late, ViolationPoints, text);

    private static ReasonRule Broken(DisconnectReason reason, string text) =>
        new(reason, DisconnectSide.Transport, Redial.Soon, 0, text);
}
