namespace ActorP2P.Actors;

/// <summary>A message in a mailbox, with its sender.</summary>
/// <param name="Message">The message.</param>
/// <param name="Sender">Who sent it; null stands for dead letters.</param>
public readonly record struct Envelope(object Message, IActorRef? Sender);
