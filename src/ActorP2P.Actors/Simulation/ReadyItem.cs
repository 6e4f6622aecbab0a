namespace ActorP2P.Actors;

/// <summary>Work of a node that is due now: an actor's turn, or a continuation.</summary>
internal readonly record struct ReadyItem(Mailbox? Mailbox, SendOrPostCallback? Callback, object? State);
