namespace ActorP2P.Actors;

/// <summary>Every thread that ever ran an actor, as long as the thread lives.</summary>
internal static class TurnSlots
{
    private static readonly Lock s_gate = new();
    private static readonly List<TurnSlot> s_slots = [];

    public static TurnSlot Register(TurnSlot slot)
    {
        lock (s_gate)
        {
            s_slots.RemoveAll(static known => !known.Owner.TryGetTarget(out Thread? owner) || !owner.IsAlive);
            s_slots.Add(slot);
        }
        return slot;
    }

    public static TurnSlot[] Snapshot()
    {
        lock (s_gate)
        {
            return [.. s_slots];
        }
    }
}
