namespace ActorP2P.Actors.Tests.Conformance;

/// <summary>A test of one row of the record; the row's name is the test's.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RowAttribute : FactAttribute
{
    public RowAttribute(string name)
    {
        Name = name;
        DisplayName = name;
    }

    public string Name { get; }
}
