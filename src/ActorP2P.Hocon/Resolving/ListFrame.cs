namespace ActorP2P.Hocon;

/// <summary>Resolves the items of a list.</summary>
internal sealed class ListFrame : ContainerFrame
{
    private readonly HoconList _list;
    private readonly List<HoconElement> _result = [];

    public ListFrame(HoconList list, HoconResolver resolver)
        : base(resolver)
    {
        _list = list;
        _list.IsBusy = true;
    }

    protected override int Count => _list.Count;

    protected override HoconElement At(int index) => _list[index];

    protected override void Take(int index, HoconElement found) => _result.Add(found);

    protected override void Finish(HoconResolver resolver, bool keep)
    {
        var result = new HoconList(_result);
        _list.IsBusy = false;
        _list.Final = keep ? result : null;
        resolver.GiveContainer(result);
    }
}
