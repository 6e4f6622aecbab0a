namespace ActorP2P.Hocon;

/// <summary>One value of a configuration: an object, a list or a single value.</summary>
public abstract class HoconElement
{
    private protected HoconElement()
    {
    }

    /// <summary>Whether it is an object, with values by key.</summary>
    public bool IsObject() => this is HoconMap;

    /// <summary>
    /// Whether it is a list as written. An object with numbers as keys is not, although it can be read as one.
    /// </summary>
    public bool IsArray() => this is HoconList;

    /// <summary>The value as HOCON that is also JSON.</summary>
    public override string ToString() => HoconRenderer.Render(this);

    /// <summary>Whether neither it nor a value below it has a substitution.</summary>
    internal abstract bool IsResolved { get; }

    /// <summary>
    /// The depth of the containers in it, including itself: an upper bound that is maintained, so that nothing has to
    /// walk the tree.
    /// </summary>
    internal abstract int Height { get; }

    /// <summary>What kind of value it is, for messages.</summary>
    internal abstract string Kind { get; }
}
