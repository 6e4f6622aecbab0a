using System.Globalization;

namespace ActorP2P.Benchmarks;

/// <summary>The options that a node's process gets when it is started.</summary>
/// <param name="Node">The number of the node.</param>
/// <param name="Nodes">The number of nodes in the run.</param>
/// <param name="Incarnation">How often the node was started before.</param>
/// <param name="Port">The port on which it listens; 0 lets the system choose.</param>
/// <param name="Ledger">The path of its ledger.</param>
/// <param name="Bug">The bug that is planted into the node.</param>
/// <param name="Ports">The ports at which the nodes are dialled, in the order of their numbers.</param>
internal sealed record ChaosHostOptions(
    int Node, int Nodes, int Incarnation, int Port, string Ledger, PlantedBug Bug, IReadOnlyList<int> Ports)
{
    /// <summary>Reads the arguments that <see cref="ToArguments"/> has written.</summary>
    public static ChaosHostOptions Parse(IReadOnlyList<string> arguments)
    {
        int[] numbers = [.. arguments.Take(4).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int[] ports = [.. arguments[6].Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        return new ChaosHostOptions(
            numbers[0], numbers[1], numbers[2], numbers[3], arguments[4], Enum.Parse<PlantedBug>(arguments[5]), ports);
    }

    /// <summary>The arguments of the process without the verb.</summary>
    public IEnumerable<string> ToArguments() =>
        [$"{Node}", $"{Nodes}", $"{Incarnation}", $"{Port}", Ledger, $"{Bug}", string.Join(',', Ports)];
}
