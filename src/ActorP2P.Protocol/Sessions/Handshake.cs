using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// Both sides' hellos, and the checks that decide whether the peer's is acceptable. It lives until the session is
/// ready.
/// </summary>
/// <param name="own">This node's hello, without proofs.</param>
/// <param name="settings">Times.</param>
/// <param name="role">Which side this is.</param>
/// <param name="keys">The network's secrets; null: the network has none.</param>
internal sealed class Handshake(Hello own, SessionSettings settings, SessionRole role, NetworkKeys? keys)
{
    /// <summary>
    /// The time in which the hello must arrive while slots for handshakes run short. It is twice the
    /// longest round trip of most connections, so that a peer that only occupies a slot is soon removed.
    /// </summary>
    private static readonly TimeSpan CrowdedHelloTimeout = TimeSpan.FromSeconds(2);

    private TimeSpan _begun;
    private TimeSpan _helloSentAt;
    private TimeSpan? _helloHeardAt;
    private bool _isCrowded;

    /// <summary>When the handshake must be complete.</summary>
    public TimeSpan Deadline => _begun + settings.HandshakeTimeout;

    /// <summary>When the peer's hello must have arrived.</summary>
    public TimeSpan HelloDeadline =>
        UsesShortTimeout ? _begun + CrowdedHelloTimeout : Deadline;

    private bool UsesShortTimeout => _isCrowded && CrowdedHelloTimeout < settings.HandshakeTimeout;

    public void Start(TimeSpan now) => _begun = _helloSentAt = now;

    public void OnCrowded() => _isCrowded = true;

    /// <summary>
    /// The peer's hello has arrived. The time until the host has admitted the peer is no part of the round trip.
    /// </summary>
    public void OnHello(TimeSpan now) => _helloHeardAt = now;

    /// <summary>Encodes the hello to send and records when it was sent.</summary>
    /// <param name="now">The time.</param>
    /// <param name="initiator">The initiator's hello, which the responder answers; null for the initiator.</param>
    public byte[] SendHello(TimeSpan now, Hello? initiator)
    {
        _helloSentAt = now;
        _helloHeardAt = null;
        ArrayBufferWriter<byte> output = new(512);
        HelloCodec.Write(
            keys is null ? own : own with
            {
                SecretProofs = keys.ProofsOf(
                    initiator is null ? SessionRole.Initiator : SessionRole.Responder, own, initiator),
            },
            output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The time since this side's hello. The peer answers the hello at once, so this is the first measure of the delay.
    /// </summary>
    public TimeSpan RoundTripAt(TimeSpan now) => (_helloHeardAt ?? now) - _helloSentAt;

    /// <summary>Reads and checks the peer's hello.</summary>
    /// <param name="payload">The frame's payload.</param>
    /// <param name="proven">The id that the peer has proven; null when it has proven none.</param>
    /// <param name="access">Who may be a peer.</param>
    /// <param name="hello">The id that the peer has proven; null when it has proven none.</param>
    /// <returns>The fault, or null when the hello is acceptable.</returns>
    public SessionFault? Check(ReadOnlySpan<byte> payload, NodeId? proven, AccessRules access, out Hello? hello)
    {
        SessionFault? fault = HelloCodec.TryRead(payload, out hello)
            ? FaultOf(hello, proven, access)
            : new SessionFault(DisconnectReason.InvalidHello, "the hello does not parse, or a field is out of bounds");
        hello = fault is null ? hello!.Sharing(own) : null;
        return fault;
    }

    /// <summary>The fault of a peer whose handshake took too long.</summary>
    public SessionFault FaultOfDelay(bool isHelloMissing) => new(
        DisconnectReason.HandshakeTimeout,
        isHelloMissing && UsesShortTimeout
            ? $"no hello after {CrowdedHelloTimeout}, and slots run short"
            : $"not ready after {settings.HandshakeTimeout}");

    private SessionFault? FaultOf(Hello hello, NodeId? proven, AccessRules access)
    {
        // The order matters: a node of another network may speak another version, and its fault is the network.
        if (hello.NetworkId != own.NetworkId)
        {
            // A stranger is not told the name of a network that does not admit everybody.
            string wanted = keys is null && !access.NamesNodes ? $", not '{own.NetworkId}'" : "";
            return new SessionFault(
                DisconnectReason.WrongNetwork, $"'{PrintableText.Of(hello.NetworkId)}'{wanted}");
        }

        if (hello.Nonce == own.Nonce)
        {
            return new SessionFault(DisconnectReason.SelfConnection, "the hello has this node's own nonce");
        }

        if (proven is { } id && hello.NodeId.Claim != id)
        {
            return new SessionFault(
                DisconnectReason.WrongNode, $"it claims to be {hello.NodeId}, but has the key of {id.ToShortString()}");
        }

        if (!access.Admits(proven))
        {
            return new SessionFault(
                DisconnectReason.NotAdmitted, proven is { } node ? $"{node.ToShortString()}" : "no proven id");
        }

        if (keys is not null && !(role == SessionRole.Initiator
            ? keys.Accepts(SessionRole.Responder, hello, initiator: own)
            : keys.Accepts(SessionRole.Initiator, hello, initiator: null)))
        {
            return new SessionFault(DisconnectReason.NotAdmitted, hello.SecretProofs.Count == 0
                ? "no proof that it knows the network's secret"
                : "it does not know the network's secret");
        }

        int common = Math.Min(hello.MaxVersion, own.MaxVersion);
        return common >= Math.Max(hello.MinVersion, own.MinVersion) ? null : new SessionFault(
            DisconnectReason.UnsupportedVersion,
            $"versions {hello.MinVersion} to {hello.MaxVersion}; "
                + $"this node speaks {own.MinVersion} to {own.MaxVersion}");
    }
}
