namespace ActorP2P.Determinism;

/// <summary>A type of message that comes to a type of actor after another type of message.</summary>
/// <param name="Receiver">The type of the actor; null for a continuation.</param>
/// <param name="Before">The type of the message that it handled before; null for none.</param>
/// <param name="Message">The type of the message; null for Akka's own.</param>
internal readonly record struct PairOfTypes(Type? Receiver, Type? Before, Type? Message)
{
    /// <summary>The pair that a turn would show.</summary>
    public static PairOfTypes Of(Turn turn) => turn.IsMailbox
        ? new PairOfTypes(turn.Lane.ActorType, turn.Lane.LastType, turn.MessageType)
        : default;
}
