namespace ActorP2P.Hocon;

/// <summary>
/// The assignments to one key, oldest first, when a substitution prevents merging them at once. A substitution in a
/// layer that refers to this key sees only the layers below its own.
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

    /// <summary>
    /// The number of layers that are visible now; fewer than all while a substitution of a layer is followed.
    /// </summary>
    public int Visible { get; set; }

    /// <summary>The depth of the resolver when it reduced the visible layers.</summary>
    public int HiddenAt { get; set; } = int.MaxValue;

    internal override bool IsResolved => false;

    internal override int Height => _layers.Max(layer => layer.Height);

    internal override string Kind => Top.Kind;

    public void Push(HoconElement layer)
    {
        _layers.Add(layer);
        Visible = _layers.Count;
    }

    /// <summary>The state of the merge of a number of the oldest layers.</summary>
    public LayersState State(int count) => _states.Length == 0 ? LayersState.Unknown : _states[count];

    /// <summary>
    /// The merge of a number of the oldest layers, if it is known; null when nothing is defined there.
    /// </summary>
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
