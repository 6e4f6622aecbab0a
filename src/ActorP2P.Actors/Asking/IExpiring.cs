namespace ActorP2P.Actors;

/// <summary>Something with a deadline.</summary>
internal interface IExpiring
{
    void Expire();
}
