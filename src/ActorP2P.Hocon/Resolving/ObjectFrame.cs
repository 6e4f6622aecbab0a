namespace ActorP2P.Hocon;

/// <summary>Resolves the values of an object.</summary>
internal sealed class ObjectFrame : ContainerFrame
{
    private readonly HoconMap _object;
    private readonly HoconMap _result = new();

    public ObjectFrame(HoconMap @object, HoconResolver resolver)
        : base(resolver)
    {
        _object = @object;
        _object.IsBusy = true;
    }

    protected override int Count => _object.Count;

    protected override HoconElement At(int index) => _object.ValueAt(index);

    protected override void Take(int index, HoconElement found) => _result.Set(_object.KeyAt(index), found);

    protected override void Finish(HoconResolver resolver, bool keep)
    {
        _object.IsBusy = false;
        _object.Final = keep ? _result : null;
        resolver.GiveContainer(_result);
    }
}
