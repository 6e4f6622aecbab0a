namespace ActorP2P.Actors;

/// <summary>Decides where and when actors run.</summary>
internal abstract class MessageDispatcher
{
    /// <summary>The node of a simulation that the actors belong to; null outside of one.</summary>
    public virtual SimulatedNode? Node => null;

    /// <summary>True when a turn may run on whatever thread brought the message.</summary>
    public virtual bool MayRunInline => false;

    public abstract void Schedule(Mailbox mailbox, bool preferLocal);
}
