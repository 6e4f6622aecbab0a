namespace ActorP2P.Benchmarks;

/// <summary>Thrown when a chaos run has found a defect; the message describes it.</summary>
/// <param name="message">The description of the defect.</param>
internal sealed class ChaosFailedException(string message) : Exception(message);
