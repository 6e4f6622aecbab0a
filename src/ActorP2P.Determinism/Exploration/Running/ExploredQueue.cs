namespace ActorP2P.Determinism;

/// <summary>The work of a node whose order an exploration decides.</summary>
/// <param name="run">The run that decides.</param>
/// <param name="isDriver">Whether it is the driving program's, which goes on in order.</param>
internal sealed class ExploredQueue(ScheduleRun run, bool isDriver) : ReadyQueue
{
    private readonly List<Turn> _turns = [];

    public bool IsDriver => isDriver;

    public override bool IsEmpty => _turns.Count == 0;

    public override void Add(in ReadyItem item) => _turns.Add(run.Ready(item));

    public override ReadyItem Take()
    {
        int index = isDriver ? 0 : run.Pick(_turns);
        Turn turn = _turns[index];
        _turns.RemoveAt(index);
        run.Begin(turn);
        return turn.Item;
    }

    /// <summary>The work that the run has left undone.</summary>
    public IReadOnlyList<Turn> Left => _turns;

    public override void Clear() => _turns.Clear();
}
