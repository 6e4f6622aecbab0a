namespace ActorP2P.Hocon;

/// <summary>
/// What was assigned to one key, oldest first, where a substitution keeps the assignments from being merged at once. A
/// substitution in a layer that comes back to this key sees the layers below its own.
/// </summary>
internal sealed class HoconLayers : HoconElement
{
    private readonly List<HoconElement> _layers;
    private HoconElement?[] _merged = [];
    private LayersState[] _states = [];

    public HoconLayers(params HoconElement[] layers)
    {
        _layers = [.. layers];
        Visible = layers.Length;
    }

    public int Count => _layers.Count;

    public HoconElement this[int index] => _layers[index];

    public HoconElement Top => _layers[^1];

    /// <summary>How many layers can be seen now; fewer than all while a substitution of a layer is followed.</summary>
    public int Visible { get; set; }

    /// <summary>How deep the resolver was when it reduced what is visible.</summary>
    public int HiddenAt { get; set; } = int.MaxValue;

    internal override bool IsResolved => false;

    internal override int Height => _layers.Max(layer => layer.Height);

    internal override string Kind => Top.Kind;

    public void Push(HoconElement layer)
    {
        _layers.Add(layer);
        Visible = _layers.Count;
    }

    /// <summary>How far the merge of that many of the oldest layers is.</summary>
    public LayersState State(int count) => _states.Length == 0 ? LayersState.Unknown : _states[count];

    /// <summary>The merge of that many of the oldest layers, when it is known; null when nothing is defined there.</summary>
    public HoconElement? Merged(int count) => _merged[count];

    public void Mark(int count, LayersState state, HoconElement? merged = null)
    {
        if (_states.Length == 0)
        {
            _states = new LayersState[Count + 1];
            _merged = new HoconElement?[Count + 1];
        }
        _states[count] = state;
        _merged[count] = merged;
    }
}
