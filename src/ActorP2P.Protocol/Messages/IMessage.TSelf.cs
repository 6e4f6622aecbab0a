using System.Diagnostics.CodeAnalysis;

namespace ActorP2P;

/// <summary>
/// An application message: a type code, and how the message is written and read. The members are static and
/// abstract, so that messages work without reflection, with trimming and with ahead-of-time compilation.
/// </summary>
/// <typeparam name="TSelf">The message type itself.</typeparam>
public interface IMessage<TSelf> : IMessage
    where TSelf : class, IMessage<TSelf>
{
    /// <summary>
    /// The type on the wire. The high byte is the service the message belongs to, the low byte the message within it.
    /// Codes below 0x0100 are reserved for the library.
    /// </summary>
    static abstract ushort TypeCode { get; }

    ushort IMessage.MessageType => TSelf.TypeCode;

    /// <summary>
    /// Reads a payload. It comes from another node and may be hostile. The span is valid only during the call; the
    /// message must copy what it keeps.
    /// </summary>
    /// <param name="payload">All bytes of the message.</param>
    /// <param name="message">The message, when it is well formed.</param>
    /// <returns>False when the bytes are not a valid message; the sender is charged for it.</returns>
    static abstract bool TryRead(ReadOnlySpan<byte> payload, [MaybeNullWhen(false)] out TSelf message);
}
