using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// Writes and reads plain objects as messages, for types that do not implement
/// <see cref="IMessage{TSelf}"/>. Derive from it to adapt a serializer, and register the codec with
/// <see cref="ProtocolBuilder.UseCodec"/>. Several threads call its members at the same time.
/// </summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public abstract class MessageCodec<T>
    where T : class
{
    /// <summary>Makes a codec.</summary>
    /// <param name="typeCode">
    /// The type on the wire, 0x0100 or higher: the high byte is the service that the message belongs to, the low byte
    /// the message within it.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The code is below 0x0100.</exception>
    protected MessageCodec(ushort typeCode)
    {
        if (typeCode < MessageCatalog.FirstApplicationType)
        {
            throw new ArgumentOutOfRangeException(
                nameof(typeCode), typeCode, $"{nameof(typeCode)} is {typeCode:x4}; allowed: 0100 to ffff.");
        }

        TypeCode = typeCode;
    }

    /// <summary>The type on the wire.</summary>
    public ushort TypeCode { get; }

    /// <summary>Writes an object. An exception reaches the code that sends the message.</summary>
    /// <param name="message">The object.</param>
    /// <param name="writer">Receives the bytes.</param>
    public abstract void Write(T message, IBufferWriter<byte> writer);

    /// <summary>
    /// Reads bytes from another node, which may be hostile. An exception counts as false.
    /// </summary>
    /// <param name="payload">All bytes of the message; valid only during the call.</param>
    /// <param name="message">The object, when the bytes are well formed.</param>
    /// <returns>False when the bytes are not a valid message; the sender is charged for it.</returns>
    public abstract bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out T message);
}
