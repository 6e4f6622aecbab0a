using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>What a node's process is told when it is started.</summary>
/// <param name="Node">Its number.</param>
/// <param name="Nodes">How many nodes there are.</param>
/// <param name="Incarnation">How often it was started before.</param>
/// <param name="Port">Where it listens; 0 lets the system choose.</param>
/// <param name="Ledger">The file of its ledger.</param>
/// <param name="Bug">The bug it is given.</param>
/// <param name="Ports">The ports under which the nodes' names are dialled, in their order.</param>
internal sealed record ChaosHostOptions(
    int Node, int Nodes, int Incarnation, int Port, string Ledger, PlantedBug Bug, IReadOnlyList<int> Ports)
{
    /// <summary>Reads what <see cref="ToArguments"/> has written.</summary>
    public static ChaosHostOptions Parse(IReadOnlyList<string> arguments)
    {
        int[] numbers = [.. arguments.Take(4).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int[] ports = [.. arguments[6].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return new ChaosHostOptions(
            numbers[0], numbers[1], numbers[2], numbers[3], arguments[4], Enum.Parse<PlantedBug>(arguments[5]), ports);
    }

    /// <summary>The arguments of the process, without its verb.</summary>
    public IEnumerable<string> ToArguments() =>
        [$"{Node}", $"{Nodes}", $"{Incarnation}", $"{Port}", Ledger, $"{Bug}", string.Join(',', Ports)];
}
