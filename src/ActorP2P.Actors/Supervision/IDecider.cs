namespace ActorP2P.Actors;

/// <summary>Turns an exception into a directive.</summary>
public interface IDecider
{
    /// <summary>What to do about <paramref name="cause"/>.</summary>
    Directive Decide(Exception cause);
}
