namespace ActorP2P.Actors;

/// <summary>
/// A message that carries something which must not vanish with it: a socket, a buffer, a promise that somebody awaits. When it
/// finds no living recipient it is told so, before it is published as a dead letter; ours.
/// </summary>
internal interface IUndeliverable
{
    /// <summary>Nobody will ever handle this message. Called once, from any thread; must not throw.</summary>
    void OnUndelivered();
}
