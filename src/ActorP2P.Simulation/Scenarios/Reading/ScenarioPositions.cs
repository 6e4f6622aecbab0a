using ActorP2P.Hocon;

namespace ActorP2P.Simulation;

/// <summary>Where the values of a scenario stand in its files, so that an error can say it.</summary>
internal sealed class ScenarioPositions
{
    private readonly Dictionary<string, HoconPosition> _positions = new(StringComparer.Ordinal);

    /// <summary>The options of a load that is followed.</summary>
    public HoconOptions Options => new() { Assigned = Note };

    /// <summary>The file, line and column of the value at a path, in parentheses; null when it is not known.</summary>
    public string? Find(string path) => _positions.TryGetValue(path, out HoconPosition place)
        ? place.Source.Describe(place.Offset)
        : null;

    private void Note(IReadOnlyList<string> path, HoconPosition place) => _positions[string.Join('.', path)] = place;
}
