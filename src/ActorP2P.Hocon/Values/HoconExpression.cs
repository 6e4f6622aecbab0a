namespace ActorP2P.Hocon;

/// <summary>Something written where a value belongs, which is one only when its substitutions are followed.</summary>
/// <param name="position">Where it stands.</param>
internal abstract class HoconExpression(HoconPosition position) : HoconElement
{
    public HoconPosition Position { get; } = position;

    /// <summary>True when <see cref="Value"/> is what there is to say: one occurrence has one value, wherever it is asked for.</summary>
    public bool IsDone { get; private set; }

    /// <summary>What it stands for; null when that is undefined.</summary>
    public HoconElement? Value { get; private set; }

    /// <summary>True when it is the value of the very key that it mentions, and so certain to need the layer below.</summary>
    public bool LooksBack { get; set; }

    internal override bool IsResolved => false;

    public void Done(HoconElement? value)
    {
        Value = value;
        IsDone = true;
    }

    /// <summary>True when it asks for the value at the path.</summary>
    internal abstract bool Mentions(IReadOnlyList<string> path);
}
