using System.Globalization;
using System.Text;

namespace ActorP2P.Simulation;

/// <content>What is recorded on the way, and what a failure reports.</content>
public sealed partial class Cluster
{
    /// <summary>Fails the run. The first failure counts, because later ones may be its consequences.</summary>
    internal void Fail(string checker, string what, IEnumerable<ClusterNode> concerned, Exception? cause)
    {
        _failure ??= new ScenarioFailedException(Describe(checker, what, concerned), checker, _seed, World.Now, cause);
    }

    internal void OnNodeEvent(ClusterNode node, NodeEvent happened)
    {
        node.Note(happened);
        _checkers.ForEach(checker => checker.OnNodeEvent(node, happened));
    }

    internal void OnAskFailed(ClusterNode node, ClusterAsk ask) =>
        _checkers.ForEach(checker => checker.OnAskFailed(node, ask));

    private void OnFrame(WireFrame frame)
    {
        _frames++;
        if (!_byName.TryGetValue(frame.Source, out ClusterNode? source) || !_byName.ContainsKey(frame.Destination))
        {
            // The script of a fake peer decides what that peer sends and receives.
            return;
        }

        source.Note(frame);
        foreach (Checker checker in _checkers)
        {
            checker.OnFrame(frame);
        }
    }

    private void OnNetwork(NetworkEvent happened)
    {
        foreach (string name in (ReadOnlySpan<string>)[happened.Source, happened.Destination])
        {
            _byName.GetValueOrDefault(name)?.Note(happened);
        }

        bool isOurs = happened.Connection == 0
            || (_byName.ContainsKey(happened.Source) && _byName.ContainsKey(happened.Destination));
        foreach (Checker checker in isOurs ? _checkers : [])
        {
            checker.OnNetwork(happened);
        }
    }

    private string Describe(string checker, string what, IEnumerable<ClusterNode> concerned)
    {
        StringBuilder text = new();
        text.AppendLine(CultureInfo.InvariantCulture, $"{checker}: {what}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  seed {_seed}, virtual time {World.Now:c}");
        text.AppendLine(CultureInfo.InvariantCulture,
            $"  replay: {Seeds.Variable}={_seed} dotnet test --filter \"FullyQualifiedName~{_scenario}\"");
        foreach (ClusterNode node in concerned.Distinct())
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  last events of {node}:");
            foreach ((TimeSpan at, string entry) in node.ReadHistory())
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"    {at:c}  {entry}");
            }
        }

        return text.ToString();
    }
}
