using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>
/// Asks the program about the first message of the peer to a service, and keeps the messages until it has answered.
/// They keep their credit, so their number is bounded by the peer's windows. It is a part of the PeerActor and used in
/// its turns only.
/// </summary>
internal sealed class ServiceGate(NodeContext node, PeerLink link, PeerSession session, IActorRef self)
{
    private readonly Dictionary<byte, Admission?> _given = [];
    private readonly Dictionary<byte, AdmissionCall> _asked = [];
    private readonly List<InboundMessage> _held = [];

    /// <summary>Keeps a message if the program has not yet said whether the peer may use its service.</summary>
    /// <param name="received">The message. A body in the receive buffer is copied.</param>
    /// <param name="type">Its type in this node's numbers.</param>
    /// <returns>Whether it is kept. It then comes again when the program has answered.</returns>
    public bool TryHold(in InboundMessage received, ushort type)
    {
        bool waits = Asks(type);
        if (waits)
        {
            _held.Add(Kept(received));
        }

        return waits;
    }

    /// <summary>
    /// Whether the program has yet to say whether the peer may use the service of a type; it is asked.
    /// </summary>
    public bool Asks(ushort type)
    {
        byte code = (byte)(type >> 8);
        if (node.Catalog.Admissions.OfService(code) is not { } callback || _given.ContainsKey(code))
        {
            return false;
        }

        if (!_asked.ContainsKey(code))
        {
            ServiceName service = new(code, node.Catalog.NameOf(code));
            Candidate candidate = new(
                AdmissionStage.Service, link.Peer, session.RemoteHello, session.ProvenId, service);
            _asked.Add(code, node.Admissions.Ask(callback, candidate, self));
        }

        return true;
    }

    /// <summary>Why the program does not let the peer use the service of a type; null: it does.</summary>
    public string? RefusalOf(ushort type) =>
        _given.GetValueOrDefault((byte)(type >> 8)) is { IsAdmitted: false } given ? given.Reason : null;

    /// <summary>The program has answered.</summary>
    /// <returns>The messages that have waited, in their order; empty for an outcome that is not awaited.</returns>
    public List<InboundMessage> Take(PeerMessages.AdmissionGiven given, Func<InboundMessage, ushort> typeOf)
    {
        byte code = given.Call.Candidate.Service!.Value.Code;
        _asked.Remove(code);
        _given[code] = given.Outcome;
        List<InboundMessage> waited = _held.FindAll(message => typeOf(message) >> 8 == code);
        _held.RemoveAll(message => typeOf(message) >> 8 == code);
        return waited;
    }

    /// <summary>Removes a request whose answer is no longer wanted.</summary>
    public void Cancel(ulong id, TimeSpan now)
    {
        int index = _held.FindIndex(message => message.Kind == FrameKind.Request && message.Id == id);
        if (index >= 0)
        {
            _held[index].Owner!.Release();
            session.Finish(now, _held[index].Charge);
            _held.RemoveAt(index);
        }
    }

    /// <summary>The connection has ended.</summary>
    public void Close()
    {
        foreach (AdmissionCall call in _asked.Values)
        {
            call.Abandon();
        }

        _held.ForEach(static message => message.Owner!.Release());
        _held.Clear();
    }

    private InboundMessage Kept(in InboundMessage received)
    {
        ReadOnlyMemory<byte> headers = received.Headers.IsEmpty ? default : received.Headers.ToArray();
        if (received.Owner is not null)
        {
            return received with { Headers = headers };
        }

        SharedBuffer buffer = SharedBuffer.Rent(received.Body.Length);
        received.Body.Span.CopyTo(buffer.Array);

        // It keeps the whole buffer, which for a small message is many times the bytes that its credit counts.
        buffer.ChargeTo(node.Memory);
        return received with
        {
            Body = buffer.Array.AsMemory(0, received.Body.Length),
            Owner = buffer,
            Headers = headers,
        };
    }
}
