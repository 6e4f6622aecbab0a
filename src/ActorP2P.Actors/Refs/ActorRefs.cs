namespace ActorP2P.Actors;

/// <summary>References that belong to no particular actor.</summary>
public static class ActorRefs
{
    /// <summary>Stands for no actor: sends to it vanish. It is what looking up a missing child yields.</summary>
    public static readonly IActorRef Nobody = NobodyRef.Instance;

    /// <summary>Says that no reply is expected; the recipient then sees dead letters as its sender.</summary>
    public static readonly IActorRef? NoSender;
}
