namespace ActorP2P.Benchmarks;

/// <summary>A chaos run has found something; the message says what.</summary>
/// <param name="message">What.</param>
internal sealed class ChaosFailedException(string message) : Exception(message);
