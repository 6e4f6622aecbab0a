namespace ActorP2P.Actors;

/// <summary>Runs turns in the order of a simulation.</summary>
internal sealed class SimulatedDispatcher(SimulatedNode node) : MessageDispatcher
{
    private readonly int _life = node.Life;

    public override SimulatedNode Node => node;

    public override void Schedule(Mailbox mailbox, bool preferLocal)
    {
        if (node.Life == _life)
        {
            node.Enqueue(mailbox);
        }
    }
}
