using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Services, and whom the program admits to them and to the node.</content>
public sealed partial class ProtocolBuilder
{
    /// <summary>Names a service that every peer may use.</summary>
    /// <inheritdoc cref="Service(byte, string, ServiceAccess)"/>
    public ProtocolBuilder Service(byte code, string name) => Service(code, name, ServiceAccess.Open);

    /// <summary>Names a service that every peer may use, and registers its handlers.</summary>
    /// <inheritdoc cref="Service(byte, string, ServiceAccess, Action{ProtocolBuilder})"/>
    public ProtocolBuilder Service(byte code, string name, Action<ProtocolBuilder> register) =>
        Service(code, name, ServiceAccess.Open, register);

    /// <summary>
    /// Names a service: all message types with this high byte. Peers match services by name, so another node may give
    /// the same service another number. A request to a peer that does not have the service fails at once.
    /// </summary>
    /// <param name="code">The high byte of the service's message types; 0 is reserved for the library.</param>
    /// <param name="name">The name, at most 64 bytes of UTF-8.</param>
    /// <param name="access">
    /// Which peers may use the service. A request of any other peer fails with
    /// <see cref="RequestErrorCode.NotAllowed"/>, and its notifies and broadcasts are dropped and counted, before they
    /// are decoded. Settings can change it (<see cref="P2PNodeOptions.Access"/>).
    /// </param>
    /// <exception cref="ArgumentException">
    /// The name is empty, too long, or contains characters that are not printable.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The access is none of the values of its type.</exception>
    /// <exception cref="InvalidOperationException">The code or the name is taken.</exception>
    public ProtocolBuilder Service(byte code, string name, ServiceAccess access)
    {
        if (!Enum.IsDefined(access))
        {
            throw new ArgumentOutOfRangeException(
                nameof(access), access, $"{nameof(access)} is {access}; allowed: Open, Member and LoggedIn.");
        }

        Catalog.Name(new ServiceName(code, name), access);
        return this;
    }

    /// <summary>
    /// Names a service and registers its handlers. Several parts of a program can each register a service on the same
    /// node without knowing of each other.
    /// </summary>
    /// <param name="code">The high byte of the service's message types; 0 is reserved for the library.</param>
    /// <param name="name">The name, at most 64 bytes of UTF-8.</param>
    /// <param name="access">Which peers may use the service.</param>
    /// <param name="register">Registers the handlers.</param>
    /// <exception cref="ArgumentException">
    /// The name is empty, too long, or contains characters that are not printable.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">The access is none of the values of its type.</exception>
    /// <exception cref="InvalidOperationException">
    /// The code or the name is taken, or a message type belongs to another service.
    /// </exception>
    public ProtocolBuilder Service(byte code, string name, ServiceAccess access, Action<ProtocolBuilder> register)
    {
        ArgumentNullException.ThrowIfNull(register);
        Service(code, name, access);
        register(new ProtocolBuilder(Catalog, new ServiceName(code, name)));
        return this;
    }

    /// <summary>
    /// Asks the program about each connection that was accepted, before anything is read from it. Only the address is
    /// known (<see cref="AdmissionStage.Connection"/>).
    /// </summary>
    /// <remarks>
    /// The callback runs outside of the library's actors and has <see cref="AccessSettings.AdmissionTimeout"/> to
    /// answer; meanwhile the connection occupies a slot for handshakes. A peer is refused
    /// (<see cref="DisconnectReason.NotAdmitted"/>) when the callback throws, answers with null, or does not answer in
    /// time. At most twice <see cref="P2PNodeOptions.MaxHalfOpen"/> callbacks run at a time, those counted that have
    /// not ended after their time; further peers are refused.
    /// </remarks>
    /// <param name="callback">Is given the candidate, and a token that is cancelled when the time is over.</param>
    /// <exception cref="InvalidOperationException">There is a callback of this kind already.</exception>
    public ProtocolBuilder AdmitConnections(Func<Candidate, CancellationToken, ValueTask<Admission>> callback) =>
        Admit(AdmissionStage.Connection, 0, callback);

    /// <summary>Has an actor of the host say which accepted connections are admitted.</summary>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public AdmissionRoute AdmitConnections() => RouteOf(AdmissionStage.Connection, 0);

    /// <summary>
    /// Asks the program about each peer whose hello is acceptable, whichever side has dialled. The peer's id is proven
    /// if connections are encrypted (<see cref="AdmissionStage.Peer"/>). No message of the peer is handled, and none is
    /// sent to it, before it is admitted.
    /// </summary>
    /// <inheritdoc cref="AdmitConnections(Func{Candidate, CancellationToken, ValueTask{Admission}})"/>
    public ProtocolBuilder AdmitPeers(Func<Candidate, CancellationToken, ValueTask<Admission>> callback) =>
        Admit(AdmissionStage.Peer, 0, callback);

    /// <summary>Has an actor of the host say which peers are admitted after their hello.</summary>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    public AdmissionRoute AdmitPeers() => RouteOf(AdmissionStage.Peer, 0);

    /// <summary>
    /// Asks the program about each peer that sends its first message to a service of this node. The messages wait
    /// meanwhile, undecoded, and keep their credit. The answer holds for the connection: a peer that is not admitted
    /// gets <see cref="RequestErrorCode.NotAllowed"/>, and its notifies and broadcasts are dropped.
    /// </summary>
    /// <remarks>
    /// Only peers are asked about that the service's <see cref="ServiceAccess"/> allows. The callback runs outside of
    /// the library's actors and has <see cref="AccessSettings.AdmissionTimeout"/> to answer.
    /// </remarks>
    /// <param name="code">The high byte of the service's message types.</param>
    /// <param name="callback">Is given the candidate, and a token that is cancelled when the time is over.</param>
    /// <exception cref="ArgumentOutOfRangeException">The code is 0, which is reserved for the library.</exception>
    /// <exception cref="InvalidOperationException">There is a callback for the service already.</exception>
    public ProtocolBuilder AdmitToService(
        byte code, Func<Candidate, CancellationToken, ValueTask<Admission>> callback) =>
        Admit(AdmissionStage.Service, RequireService(code), callback);

    /// <summary>Has an actor of the host say which peers may use a service of this node.</summary>
    /// <param name="code">The high byte of the service's message types.</param>
    /// <returns>The route; its <c>RouteTo</c> names the actor.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The code is 0, which is reserved for the library.</exception>
    public AdmissionRoute AdmitToService(byte code) => RouteOf(AdmissionStage.Service, RequireService(code));

    private static byte RequireService(byte code)
    {
        ArgumentOutOfRangeException.ThrowIfZero(code);
        return code;
    }

    private ProtocolBuilder Admit(
        AdmissionStage stage, byte service, Func<Candidate, CancellationToken, ValueTask<Admission>> callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Catalog.Admissions.Add(
            stage, service,
            async (_, candidate, cancellationToken) => await callback(candidate, cancellationToken));
        return this;
    }

    private AdmissionRoute RouteOf(AdmissionStage stage, byte service) =>
        new(this, callback => Catalog.Admissions.Add(stage, service, callback));
}
