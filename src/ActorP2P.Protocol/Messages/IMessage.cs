using System.Buffers;

namespace ActorP2P;

/// <summary>What can be sent: a type code and a payload. Implement <see cref="IMessage{TSelf}"/>, which adds how it is read.</summary>
public interface IMessage
{
    /// <summary>The type on the wire; <see cref="IMessage{TSelf}"/> answers with its static type code.</summary>
    ushort MessageType { get; }

    /// <summary>Writes the payload. Called once per send, also when the message goes to many peers.</summary>
    void Write(IBufferWriter<byte> writer);
}
