namespace ActorP2P.Actors;

/// <summary>Resolves the values of an object.</summary>
internal sealed class ObjectFrame : ContainerFrame
{
    private readonly HoconObject _object;
    private readonly HoconObject _result = new();

    public ObjectFrame(HoconObject @object, HoconResolver resolver)
        : base(resolver)
    {
        _object = @object;
        _object.IsBusy = true;
    }

    protected override int Count => _object.Count;

    protected override HoconValue At(int index) => _object.ValueAt(index);

    protected override void Take(int index, HoconValue found) => _result.Set(_object.KeyAt(index), found);

    protected override void Finish(HoconResolver resolver, bool keep)
    {
        _object.IsBusy = false;
        _object.Final = keep ? _result : null;
        resolver.GiveContainer(_result);
    }
}
