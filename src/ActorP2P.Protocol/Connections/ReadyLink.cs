namespace ActorP2P.Protocol;

/// <summary>A ready link to a node that has proven its id.</summary>
/// <param name="number">Its number.</param>
/// <param name="instance">The instance id of the node's start.</param>
/// <param name="isDialledByHigher">Whether it was dialled by the node with the higher id.</param>
/// <param name="readyAt">When it became ready.</param>
internal sealed class ReadyLink(long number, ulong instance, bool isDialledByHigher, TimeSpan readyAt)
{
    public long Number => number;

    public ulong Instance => instance;

    public bool IsDialledByHigher => isDialledByHigher;

    public TimeSpan ReadyAt => readyAt;

    /// <summary>Whether it has left a ping unanswered.</summary>
    public bool IsSilent { get; set; }

    /// <summary>When this node closes it, if the other side has not done so by then; null: not at all.</summary>
    public TimeSpan? CloseAt { get; set; }
}
