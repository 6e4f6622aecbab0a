namespace ActorP2P.Hocon;

/// <summary>An expression in the place of a value. It has a value only when its substitutions are resolved.</summary>
/// <param name="position">Its position.</param>
internal abstract class HoconExpression(HoconPosition position) : HoconElement
{
    public HoconPosition Position { get; } = position;

    /// <summary>Whether <see cref="Value"/> is final. One occurrence has one value, wherever it is needed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Its value; null when it is undefined.</summary>
    public HoconElement? Value { get; private set; }

    /// <summary>
    /// Whether it is the value of the same key that it mentions, and therefore certainly needs the layer below.
    /// </summary>
    public bool LooksBack { get; set; }

    internal override bool IsResolved => false;

    public void Done(HoconElement? value)
    {
        Value = value;
        IsDone = true;
    }

    /// <summary>Whether it refers to the value at a path.</summary>
    internal abstract bool Mentions(IReadOnlyList<string> path);
}
