namespace ActorP2P.Determinism;

/// <summary>
/// The place of an event in the order of a simulation. The order is by time, then the timeline before all nodes, then
/// by node, and within a node by class, source and the source's own count. It does not depend on the process or on
/// threads.
/// </summary>
internal readonly record struct EventKey(
    long Time, EventClass Class, int Destination, int Source, long Sequence) : IComparable<EventKey>
{
    public bool SameBatch(in EventKey other) => Time == other.Time
        && Destination == other.Destination
        && (Class == EventClass.Timeline) == (other.Class == EventClass.Timeline);

    public int CompareTo(EventKey other)
    {
        int order = Time.CompareTo(other.Time);
        if (order != 0)
        {
            return order;
        }
        order = (Class != EventClass.Timeline).CompareTo(other.Class != EventClass.Timeline);
        if (order != 0)
        {
            return order;
        }
        order = Destination.CompareTo(other.Destination);
        if (order != 0)
        {
            return order;
        }
        order = Class.CompareTo(other.Class);
        if (order != 0)
        {
            return order;
        }
        order = Source.CompareTo(other.Source);
        return order != 0 ? order : Sequence.CompareTo(other.Sequence);
    }
}
