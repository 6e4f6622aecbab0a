namespace ActorP2P.Actors;

/// <summary>What a supervisor does with a child that failed.</summary>
public enum Directive
{
    /// <summary>Goes on with the same instance; only the failing message is lost.</summary>
    Resume,

    /// <summary>Replaces the instance by a fresh one.</summary>
    Restart,

    /// <summary>Fails itself with the same cause, so that its own supervisor decides.</summary>
    Escalate,

    /// <summary>Stops the child.</summary>
    Stop,
}
