using System.Buffers;

namespace ActorP2P.Protocol;

/// <summary>
/// What both sides say of themselves, and whether the peer's hello is acceptable. It lives until the session is ready.
/// </summary>
internal sealed class Handshake(Hello own, SessionSettings settings)
{
    /// <summary>
    /// The time from connection to the hello while slots for handshakes run short. Twice the longest round trip that
    /// most connections ever see, so that a peer that only holds a slot leaves early.
    /// </summary>
    private static readonly TimeSpan CrowdedHelloTimeout = TimeSpan.FromSeconds(2);

    private TimeSpan _begun;
    private TimeSpan _saidAt;
    private bool _isCrowded;

    /// <summary>When the handshake must be complete.</summary>
    public TimeSpan Deadline => _begun + settings.HandshakeTimeout;

    /// <summary>When the peer's hello must have come.</summary>
    public TimeSpan HelloDeadline =>
        IsHurried ? _begun + CrowdedHelloTimeout : Deadline;

    private bool IsHurried => _isCrowded && CrowdedHelloTimeout < settings.HandshakeTimeout;

    public void Start(TimeSpan now) => _begun = _saidAt = now;

    public void OnCrowded() => _isCrowded = true;

    /// <summary>The hello to send.</summary>
    public byte[] Say(TimeSpan now)
    {
        _saidAt = now;
        ArrayBufferWriter<byte> output = new(512);
        HelloCodec.Write(own, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>
    /// The time since this side's hello, which the peer answers at once: the first measure of the delay.
    /// </summary>
    public TimeSpan RoundTripAt(TimeSpan now) => now - _saidAt;

    /// <summary>Reads and checks the peer's hello.</summary>
    /// <param name="payload">The frame's payload.</param>
    /// <param name="proven">The id that the peer has proven; null when it has proven none.</param>
    /// <param name="access">Who may be a peer.</param>
    /// <param name="hello">The hello, when there is no fault.</param>
    /// <returns>The fault, or null.</returns>
    public SessionFault? Check(ReadOnlySpan<byte> payload, NodeId? proven, AccessRules access, out Hello? hello)
    {
        SessionFault? fault = HelloCodec.TryRead(payload, out hello)
            ? FaultOf(hello, proven, access)
            : new SessionFault(DisconnectReason.InvalidHello, "the hello does not parse, or a field is out of bounds");
        hello = fault is null ? hello!.Sharing(own) : null;
        return fault;
    }

    /// <summary>The fault of a peer that was not ready in time.</summary>
    public SessionFault FaultOfDelay(bool isHelloMissing) => new(
        DisconnectReason.HandshakeTimeout,
        isHelloMissing && IsHurried
            ? $"no hello after {CrowdedHelloTimeout}, and slots run short"
            : $"not ready after {settings.HandshakeTimeout}");

    private SessionFault? FaultOf(Hello hello, NodeId? proven, AccessRules access)
    {
        // The order matters: a node of another network may speak another version, and is told of the network.
        if (hello.NetworkId != own.NetworkId)
        {
            return new SessionFault(
                DisconnectReason.WrongNetwork, $"'{PrintableText.Of(hello.NetworkId)}', not '{own.NetworkId}'");
        }

        if (hello.Nonce == own.Nonce)
        {
            return new SessionFault(DisconnectReason.SelfConnection, "the hello carries this node's own nonce");
        }

        if (proven is { } id && hello.NodeId.Claim != id)
        {
            return new SessionFault(
                DisconnectReason.WrongNode, $"it says that it is {hello.NodeId}, and has the key of {id.ToShortString()}");
        }

        if (!access.Admits(proven))
        {
            return new SessionFault(DisconnectReason.NotAdmitted, proven is { } node ? $"{node.ToShortString()}" : "no proven id");
        }

        int common = Math.Min(hello.MaxVersion, own.MaxVersion);
        return common >= Math.Max(hello.MinVersion, own.MinVersion) ? null : new SessionFault(
            DisconnectReason.UnsupportedVersion,
            $"versions {hello.MinVersion} to {hello.MaxVersion}; "
                + $"this node speaks {own.MinVersion} to {own.MaxVersion}");
    }
}
