namespace ActorP2P.Actors;

/// <summary>A message of the engine itself; a node of the mailbox's own list, so that sending one allocates nothing more.</summary>
internal abstract class SystemMessage
{
    internal SystemMessage? Next { get; set; }
}
