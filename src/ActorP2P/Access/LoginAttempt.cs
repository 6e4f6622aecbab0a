namespace ActorP2P;

/// <summary>What one attempt to log in is about.</summary>
/// <param name="Nonce">The client's random number.</param>
/// <param name="Challenge">This node's random number.</param>
internal sealed record LoginAttempt(byte[] Nonce, byte[] Challenge);
