using ActorP2P.Protocol;

namespace ActorP2P;

/// <summary>A lookup that somebody waits for. The <see cref="DhtActor"/> calls it in its turns.</summary>
/// <param name="key">The key that is looked up.</param>
internal abstract class DhtJob(DhtKey key)
{
    /// <summary>The key that is looked up.</summary>
    public DhtKey Key => key;

    /// <summary>The node that is looked for; null when the closest nodes are.</summary>
    public virtual NodeId? Wanted => null;

    /// <summary>Whether the nodes are asked for providers too.</summary>
    public virtual bool IsForProviders => false;

    /// <summary>The lookup has advanced.</summary>
    public virtual void Advance(Lookup lookup)
    {
    }

    /// <summary>Providers were named, whose records are right.</summary>
    public virtual void Take(IReadOnlyList<DhtContact> providers)
    {
    }

    /// <summary>The lookup has ended.</summary>
    public abstract void Finish(Lookup lookup);

    /// <summary>The lookup could not begin, or will have no end.</summary>
    public abstract void Fail(Exception failure);

    /// <summary>The exception for a lookup that ended before its time; null when it is complete.</summary>
    protected static DhtException? FailureOf(LookupEnd? end) => end switch
    {
        LookupEnd.NobodyKnown => new DhtException(
            DhtFailure.NobodyKnown, "no node of the distributed hash table is known yet"),
        LookupEnd.TimedOut => new DhtException(DhtFailure.TimedOut, "the lookup took too long"),
        LookupEnd.TooManyQueries => new DhtException(
            DhtFailure.TooManyQuestions, "the lookup has asked as many nodes as it may"),
        _ => null,
    };
}
