using ActorP2P.Protocol;

namespace ActorP2P;

/// <content>Services: names for the message types with one high byte, and which peers may use them.</content>
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
}
