using MessagePack;

namespace ActorP2P;

/// <summary>Messages in MessagePack.</summary>
public static class MessagePackExtensions
{
    /// <summary>
    /// Registers a type of plain objects as messages in MessagePack:
    /// <c>protocol.UseMessagePack&lt;Move&gt;(0x0101)</c>. Peers are not trusted: nesting is read to a depth of 64, and
    /// hashing resists keys that are chosen to collide. A peer is charged for a message that is nested deeper, is
    /// longer, or is not well formed.
    /// </summary>
    /// <typeparam name="T">The type of the objects, with the attributes of MessagePack.</typeparam>
    /// <param name="protocol">The protocol.</param>
    /// <param name="code">
    /// The type on the wire, 0x0100 or higher: the high byte is the service that the message belongs to, the low byte
    /// the message within it.
    /// </param>
    /// <param name="options">
    /// Resolver and compression; null: MessagePack's standard options, without compression. The security of the options
    /// is replaced.
    /// </param>
    /// <param name="maxBytes">
    /// The longest message in bytes, read or written. An object takes several times as much memory, and many times as
    /// much with compression.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The code is below 0x0100, or the length below 1.</exception>
    /// <exception cref="InvalidOperationException">The code or the type is registered already.</exception>
    public static ProtocolBuilder UseMessagePack<T>(
        this ProtocolBuilder protocol, ushort code, MessagePackSerializerOptions? options = null,
        int maxBytes = 1024 * 1024)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return protocol.UseCodec(
            new MessagePackCodec<T>(code, options ?? MessagePackSerializerOptions.Standard, maxBytes));
    }
}
