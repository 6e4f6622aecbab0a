namespace ActorP2P.Actors;

internal sealed class HoconList(List<HoconValue> items) : HoconValue
{
    public List<HoconValue> Items { get; } = items;
}
