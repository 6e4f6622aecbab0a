namespace ActorP2P.Actors;

/// <summary>What a scheduler can do beyond sending messages.</summary>
public interface IAdvancedScheduler : IActionScheduler;
