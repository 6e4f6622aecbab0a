using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace ActorP2P.Simulation;

/// <content>What is recorded on the way, and what a failure reports.</content>
public sealed partial class Cluster
{
    // The nodes of a world may run on several threads.
    private readonly Lock _watching = new();
    private readonly SortedSet<string> _seen = new(StringComparer.Ordinal);
    private Checker? _checking;

    /// <summary>Fails the run. The first failure counts, because later ones may be its consequences.</summary>
    internal void Fail(string checker, string what, IEnumerable<ClusterNode> concerned, Exception? cause)
    {
        _failure ??= new ScenarioFailedException(Describe(checker, what, concerned), checker, _seed, World.Now, cause);
    }

    /// <summary>The checker that runs now; null when none does. Any thread may read it.</summary>
    internal Checker? Checking => Volatile.Read(ref _checking);

    /// <summary>What the checkers found to have happened at least once.</summary>
    internal IReadOnlyCollection<string> Seen => _seen;

    /// <summary>Called with everything that a node's history records, but frames.</summary>
    internal Action<ClusterNode, object>? Noted { get; set; }

    internal void See(string what) => _seen.Add(what);

    internal void OnNodeEvent(ClusterNode node, NodeEvent happened)
    {
        node.Note(happened);
        Check(node, checker => checker.OnNodeEvent(node, happened));
    }

    internal void OnAskFailed(ClusterNode node, ClusterAsk ask) =>
        Check(node, checker => checker.OnAskFailed(node, ask));

    /// <summary>Calls all checkers. One that throws fails the run.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A checker's failure fails the run with node and time.")]
    private void Check(ClusterNode? node, Action<Checker> call)
    {
        using Lock.Scope one = _watching.EnterScope();
        foreach (Checker checker in _checkers)
        {
            Volatile.Write(ref _checking, checker);
            try
            {
                call(checker);
            }
            catch (Exception thrown)
            {
                FailOf(checker, node, thrown);
            }
        }

        Volatile.Write(ref _checking, null);
    }

    private void FailOf(Checker checker, ClusterNode? node, Exception thrown) => Fail(
        checker.Name,
        $"The checker threw {thrown.GetType().Name}{(node is null ? "" : $" at {node.Name}")}: {thrown.Message}",
        node is null ? _nodes : [node],
        thrown);

    private void OnFrame(int from, int to, in WireFrame frame)
    {
        Interlocked.Increment(ref _frames);
        OnForeignFrame(from, to, frame);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A checker's failure fails the run with node and time.")]
    private void OnForeignFrame(int from, int to, in WireFrame frame)
    {
        if (from >= _nodes.Count || to >= _nodes.Count)
        {
            // The script of a fake peer decides what that peer sends and receives.
            return;
        }

        ClusterNode source = _nodes[from];
        source.Note(frame);
        using Lock.Scope one = _watching.EnterScope();
        foreach (Checker checker in _checkers)
        {
            Volatile.Write(ref _checking, checker);
            try
            {
                checker.OnFrame(frame);
            }
            catch (Exception thrown)
            {
                FailOf(checker, source, thrown);
            }
        }

        Volatile.Write(ref _checking, null);
    }

    private void OnNetwork(NetworkEvent happened)
    {
        foreach (string name in (ReadOnlySpan<string>)[happened.Source, happened.Destination])
        {
            _byName.GetValueOrDefault(name)?.Note(happened);
        }

        bool isOurs = happened.Connection == 0
            || (_byName.ContainsKey(happened.Source) && _byName.ContainsKey(happened.Destination));
        if (isOurs)
        {
            Check(_byName.GetValueOrDefault(happened.Source), checker => checker.OnNetwork(happened));
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
