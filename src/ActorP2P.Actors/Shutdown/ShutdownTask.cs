namespace ActorP2P.Actors;

internal sealed record ShutdownTask(string Phase, string Name, Func<Task<Done>> Run);
