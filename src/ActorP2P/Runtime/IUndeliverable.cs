namespace ActorP2P;

/// <summary>A message that carries something which must not vanish with it: a buffer, a socket, a promise.</summary>
internal interface IUndeliverable
{
    /// <summary>Nobody will ever handle this message.</summary>
    void OnUndelivered();
}
