namespace ActorP2P.Hocon;

/// <summary>One value of a configuration: an object, a list or a single value.</summary>
public abstract class HoconElement
{
    private protected HoconElement()
    {
    }

    /// <summary>True when there are values by key below.</summary>
    public bool IsObject() => this is HoconMap;

    /// <summary>True when it is a list as written; an object with numbers as keys is not, though it reads as one.</summary>
    public bool IsArray() => this is HoconList;

    /// <summary>The value as HOCON that is JSON too.</summary>
    public override string ToString() => HoconRenderer.Render(this);

    /// <summary>True when no substitution is left in it or below.</summary>
    internal abstract bool IsResolved { get; }

    /// <summary>Containers nested in it, itself included: an upper bound, kept so that no walk has to find out the hard way.</summary>
    internal abstract int Height { get; }

    /// <summary>What it is, for messages.</summary>
    internal abstract string Kind { get; }
}
