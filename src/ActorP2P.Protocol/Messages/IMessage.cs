using System.Buffers;

namespace ActorP2P;

/// <summary>
/// A message that can be sent: a type code and a payload. Implement <see cref="IMessage{TSelf}"/>, which adds reading.
/// </summary>
public interface IMessage
{
    /// <summary>The type on the wire. <see cref="IMessage{TSelf}"/> implements it with the static type code.</summary>
    ushort MessageType { get; }

    /// <summary>Writes the payload. It is called once per send, even when the message goes to many peers.</summary>
    void Write(IBufferWriter<byte> writer);
}
