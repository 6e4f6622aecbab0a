namespace ActorP2P.Actors;

/// <summary>Undoes one suspension; with a cause it also forgives the failure.</summary>
internal sealed class ResumeMessage(Exception? causedBy) : SystemMessage
{
    public Exception? CausedBy { get; } = causedBy;
}
